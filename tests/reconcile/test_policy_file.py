"""A policy is read as it is written, and a word that is not known is an error."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from aggregator.errors import ConfigurationError
from aggregator.model import ConnectionStatus, Role
from aggregator.reconcile import Policy, PolicyException, Severity, read_policy
from aggregator.reconcile.workflow import model_of


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    """Each setting ends up where it belongs."""
    path = tmp_path / "policy.toml"
    path.write_text(
        """
[thresholds]
match = 0.99
review = 0.4
pending_days = 14
onboarding_days = 7.5

[severity]
missing = "error"
name-conflict = "off"

[compare]
fields = ["status", "website"]

[[expect]]
accounts = ["crux:*", "fabric"]
role = "supplier"
status = ["active"]
name = "A*"
listed_in = ["partners"]

[[exception]]
partner = "Acme*"
codes = ["missing"]
accounts = ["crux"]
until = 2027-01-31
reason = "moves in January"
""",
        encoding="utf-8",
    )
    policy = read_policy(path)
    assert (policy.match, policy.review, policy.pending_days, policy.onboarding_days) == (0.99, 0.4, 14, 7.5)
    assert policy.severity("missing") is Severity.ERROR
    assert policy.severity("name-conflict") is None
    assert policy.fields == ("status", "website")
    assert policy.expectations is not None
    (expectation,) = policy.expectations
    assert expectation.role is Role.SUPPLIER
    assert expectation.status == {ConnectionStatus.ACTIVE}
    assert expectation.listed_in == ("partners",)
    (exception,) = policy.exceptions
    assert exception.until == date(2027, 1, 31)


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    """Nothing said changes nothing."""
    path = tmp_path / "policy.toml"
    path.write_text("")
    assert read_policy(path) == Policy()


def test_every_threshold_can_be_set_and_is_documented(tmp_path: Path) -> None:
    """Each number of a policy is a key of the file, and the page on policies names it with its default."""
    others = {"expectations", "severities", "fields", "exceptions", "links", "statuses"}
    numbers = [one for one in fields(Policy) if one.name not in others]
    path = tmp_path / "policy.toml"
    given = {one.name: number + 1 if one.default else number / 10 for number, one in enumerate(numbers)}
    given |= {"match": 0.9, "review": 0.5, "account_number_share": 0.25}
    path.write_text("[thresholds]\n" + "".join(f"{name} = {value}\n" for name, value in given.items()))
    policy = read_policy(path)
    assert {name: getattr(policy, name) for name in given} == given
    page = Path(__file__).parents[2].joinpath("docs", "policy.md").read_text("utf-8")
    for one in numbers:
        default = f"{one.default:g}" if one.default is not None else "the shipped one"
        assert f"| `{one.name}` | {default} |" in page, one.name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[treshold]", "Did you mean 'thresholds'"),
        ("[thresholds]\npending_day = 3", "Did you mean 'pending_days'"),
        ("[thresholds]\nmatch = 99", "It is a probability"),
        ("[thresholds]\npending_days = true", "It is a number of days"),
        ("[thresholds]\nmatch = 0.5\nreview = 0.6", "review is above match"),
        ("[thresholds]\nsilent_days = -1", "silent_days = -1 cannot be. It is a number of days"),
        ("[thresholds]\ntrading_days = nan", "It is a number of days"),
        ("[thresholds]\nbackorder_days = '3'", "It is a number of days"),
        ("[thresholds]\nunallocated_day = 3", "Did you mean 'unallocated_days'"),
        ("[thresholds]\naccount_number_share = 80", "It is a share, from 0 to 1"),
        ("[thresholds]\naccount_number_connections = 0", "It is a whole number of connections"),
        ("[thresholds]\naccount_number_connections = 2.5", "It is a whole number of connections"),
        ("[severity]\nmising = 'error'", "Did you mean 'missing'"),
        ("[severity]\nmissing = 'eror'", "Did you mean 'error'"),
        ("[compare]\nfields = ['websit']", "Did you mean 'website'"),
        ("[compare]\nfields = 'website'", "no list of texts"),
        ("[[expect]]\nrole = 'supplier'", "names no accounts"),
        ("[[expect]]\naccounts = ['x']\nrole = 'suplier'", "Did you mean 'supplier'"),
        ("[[expect]]\naccounts = ['x']\nstatus = ['activ']", "Did you mean 'active'"),
        ("[expect]\naccounts = ['x']", "no list of tables"),
        ("[[exception]]\nreason = 'x'", "until when"),
        ("[[exception]]\nreason = 'x'\nuntil = '2027-01-31'", "until when"),
        ("[[exception]]\nuntil = 2027-01-31", "gives no reason"),
        ("[[exception]]\nuntil = 2027-01-31\nreason = 'x'\ncodes = ['mising']", "Did you mean 'missing'"),
        ("severity = 3", "is no table"),
        ("=", "is not TOML"),
    ],
)
def test_a_typo_is_an_error_that_says_what_was_meant(tmp_path: Path, text: str, message: str) -> None:
    """Nothing that is written is passed over."""
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_policy(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"fields": ("websit",)}, "Did you mean 'website'"),
        ({"severities": {"mising": None}}, "Did you mean 'missing'"),
        ({"match": 99}, "match = 99 cannot be. It is a probability"),
        ({"silent_days": -1}, "It is a number of days"),
        (
            {"exceptions": (PolicyException(reason="x", until=date(2030, 1, 1), codes=("mising",)),)},
            "Did you mean 'missing'",
        ),
    ],
)
def test_a_typo_in_code_is_told_as_in_a_file(said: dict[str, Any], message: str) -> None:
    """A field that nobody knows would compare nothing, in silence."""
    with pytest.raises(ConfigurationError, match=message):
        Policy(**said)


@pytest.mark.parametrize(("text", "told"), [("review = 0.95", "from 0.95 and joined from 0.9"), ("match = 0.1", "0.1")])
def test_thresholds_that_leave_nothing_to_review_are_told(tmp_path: Path, text: str, told: str) -> None:
    """Also where only one is given, and the shipped one is the other."""
    path = tmp_path / "policy.toml"
    path.write_text(f"[thresholds]\n{text}")
    with pytest.raises(ConfigurationError, match=told):
        model_of(read_policy(path))
