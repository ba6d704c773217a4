"""A policy is read as it is written, and a word that is not known is an error."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from aggregator.errors import ConfigurationError
from aggregator.model import ConnectionStatus, Role
from aggregator.reconcile import Expectation, Policy, PolicyException, PolicyStatuses, Severity, read_policy
from aggregator.reconcile.workflow import model_of

DAY = date(2030, 1, 1)


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
        ("[[expect]]\naccounts = ['x']\nstatus = []", "status is empty. Name one or more, or leave it out"),
        ("[[expect]]\naccounts = ['x']\nlisted_in = []", "listed_in is empty"),
        ("[[expect]]\naccounts = ['x']\nlisted_in = 'x'", "no list of texts"),
        ("[[expect]]\naccounts = ['x']\nname = ''", "name is blank"),
        ("[expect]\naccounts = ['x']", "no list of tables"),
        ("[[exception]]\nreason = 'x'", "until when"),
        ("[[exception]]\nreason = 'x'\nuntil = '2027-01-31'", "in another form: 2027-01-31. Write a date alone"),
        ("[[exception]]\nreason = 'x'\nuntil = 2027-01-31T00:00:00Z", "without a time and without quotes"),
        ("[[exception]]\nuntil = 2027-01-31\nreason = 'x'\ncodes = ['exception-unneeded']", "cannot be forgiven"),
        ("[[exception]]\nuntil = 2027-01-31", "gives no reason"),
        ("[[exception]]\nuntil = 2027-01-31\nreason = 'x'\ncodes = ['mising']", "Did you mean 'missing'"),
        ("severity = 3", "is no table"),
        ("=", "is not TOML"),
        (f"[thresholds]\ntrading_days = {'9' * 5000}", "is not TOML"),
        (f"expect = {'[' * 5000}{']' * 5000}", "is not TOML"),
    ],
)
def test_a_typo_is_an_error_that_says_what_was_meant(tmp_path: Path, text: str, message: str) -> None:
    """Nothing that is written is passed over."""
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_policy(path)
    assert str(path) in str(caught.value)


def test_a_field_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    """What differs in it would be found twice; in a file, the message says where that is."""
    said = "the field 'website' is there twice. Say it once"
    with pytest.raises(ConfigurationError, match=said):
        Policy(fields=("website", "name", "website"))
    path = tmp_path / "policy.toml"
    path.write_text("[compare]\nfields = ['website', 'name', 'website']")
    with pytest.raises(ConfigurationError, match=said) as caught:
        read_policy(path)
    assert f"{path}, [compare], fields: the field" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[thresholds]\nmatch = 99", ", [thresholds]: match = 99 cannot be."),
        ("[severity]\nmissing = 'eror'", ", [severity], missing: there is no severity 'eror'."),
        ("[compare]\nfields = ['x']", ", [compare], fields: there is no field 'x'."),
        ("[[expect]]\naccounts = ['x']\nrole = 'x'", ", [[expect]] number 1, role: there is no role 'x'."),
        ("[statuses.crux]\nA = 'x'", ", [statuses.'crux'], 'A': there is no status 'x'."),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, text: str, place: str) -> None:
    """The file first, whatever it is called, then the heading, then the setting."""
    path = tmp_path / "the policy"
    path.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_policy(path)
    assert caught.value.message == f"{path}{place}"


@pytest.mark.parametrize(
    ("kind", "said", "message"),
    [
        (Policy, {"fields": ("websit",)}, "Did you mean 'website'"),
        (Policy, {"fields": "website"}, r"Write it with a comma: fields=\('website',\)"),
        (Policy, {"severities": {"mising": None}}, "Did you mean 'missing'"),
        (Policy, {"severities": {"missing": "eror"}}, "Did you mean 'error'"),
        (Policy, {"severities": "error"}, 'Such as severities={"missing": "error"}'),
        (Policy, {"match": 99}, "match = 99 cannot be. It is a probability"),
        (Policy, {"silent_days": -1}, "It is a number of days"),
        (Policy, {"expectations": Expectation(accounts=("crux",))}, r"Write it with a comma: expectations=\(Exp"),
        (Policy, {"exceptions": ({"until": "x"},)}, "Each must be of PolicyException"),
        (Policy, {"statuses": {"A": "active"}}, "Each in it must be of PolicyStatuses"),
        (Expectation, {"accounts": "crux"}, r"Write it with a comma: accounts=\('crux',\)"),
        (Expectation, {"accounts": ()}, "accounts is empty"),
        (Expectation, {"accounts": ("crux", 7)}, "7 cannot be in accounts. Each must be a text"),
        (Expectation, {"accounts": ("crux",), "listed_in": ()}, "listed_in is empty"),
        (Expectation, {"accounts": ("crux",), "role": "suplier"}, "Did you mean 'supplier'"),
        (Expectation, {"accounts": ("crux",), "status": ("activ",)}, "Did you mean 'active'"),
        (Expectation, {"accounts": ("crux",), "status": "active"}, "Write status={'active'}"),
        (Expectation, {"accounts": ("crux",), "status": ()}, "status is empty"),
        (Expectation, {"accounts": ("crux",), "name": 7}, "name = 7 says nothing"),
        (PolicyException, {"reason": "x", "until": DAY, "codes": ("mising",)}, "Did you mean 'missing'"),
        (PolicyException, {"reason": "x", "until": DAY, "codes": "missing"}, "Write it with a comma"),
        (PolicyException, {"reason": "x", "until": "2026-01-01"}, r"until=date\(2027, 1, 31\)"),
        (PolicyException, {"reason": "x", "until": datetime(2026, 1, 1, tzinfo=UTC)}, "is no day"),
        (PolicyException, {"reason": " ", "until": DAY}, "reason = ' ' says nothing"),
        (PolicyException, {"reason": "x", "until": DAY, "codes": ("exception-expired",)}, "cannot be forgiven"),
        (PolicyStatuses, {"words": {"A": "activ"}}, "Did you mean 'active'"),
        (PolicyStatuses, {"words": "A"}, 'Such as words={"Gesperrt": "suspended"}'),
    ],
)
def test_a_slip_in_code_is_told_where_it_is_written(kind: type, said: dict[str, Any], message: str) -> None:
    """A field that nobody knows would compare nothing in silence, and a text be taken letter by letter."""
    with pytest.raises(ConfigurationError, match=message):
        kind(**said)


def test_plain_words_in_code_are_what_they_mean() -> None:
    """What is a word in a file may be one in code."""
    assert Policy(severities={"missing": "error", "duplicate": "off", "name-conflict": None}) == Policy(
        severities={"missing": Severity.ERROR, "duplicate": None, "name-conflict": None}
    )
    assert Expectation(accounts=("crux",), role="supplier", status=("active",)) == Expectation(
        accounts=("crux",), role=Role.SUPPLIER, status=frozenset({ConnectionStatus.ACTIVE})
    )
    assert PolicyStatuses(words={"A": "active"}).words == {"A": ConnectionStatus.ACTIVE}


@pytest.mark.parametrize(("text", "told"), [("review = 0.95", "from 0.95 and joined from 0.9"), ("match = 0.1", "0.1")])
def test_thresholds_that_leave_nothing_to_review_are_told(tmp_path: Path, text: str, told: str) -> None:
    """Also where only one is given, and the shipped one is the other."""
    path = tmp_path / "policy.toml"
    path.write_text(f"[thresholds]\n{text}")
    with pytest.raises(ConfigurationError, match=told):
        model_of(read_policy(path))


def test_an_empty_path_is_told_as_such() -> None:
    """It is the folder that one is in, which nobody meant."""
    with pytest.raises(ConfigurationError, match="The path of the policy is empty"):
        read_policy("")
