"""Each record leads to where people see it, as the settings or the policy say, and to its address in the API."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from adapters.commerce_layer import CommerceLayer
from adapters.crux import Crux
from adapters.fabric import Fabric
from adapters.table import Table
from aggregator import Aggregator, reconcile
from aggregator.cli.demo import accounts
from aggregator.errors import ConfigurationError
from aggregator.model.raw import freeze
from aggregator.model.record_page import AccountPages, record_pages
from aggregator.reconcile import read_policy
from aggregator.reconcile.policy.policy import Policy, PolicyLink
from aggregator.reconcile.record_links import api_address
from aggregator.sandbox import Sandbox, World
from aggregator.snapshot import Snapshot
from tests.reconcile.making import connection, listing, snapshot

OWN = AccountPages(vendor="crux", account="acme", pages=record_pages("https://x.test/{id}"))


def page(taken: Snapshot, policy: Policy | None = None) -> str | None:
    """The page of the only record."""
    result = reconcile(taken, policy=policy)
    return result.links.page(result.partners[0].entries[0])


def test_a_snapshot_remembers_the_pages_of_its_accounts(tmp_path: Path) -> None:
    """What the settings of an account said is collected along, and kept on disk."""
    taken = evolve(snapshot(listing(connection("Alder", "7"))), record_pages=(OWN,))
    assert page(taken) == "https://x.test/7"
    assert page(Snapshot.load(taken.save(tmp_path / "one"))) == "https://x.test/7"
    assert page(snapshot(listing(connection("Alder", "7")))) is None


def test_the_policy_goes_before_the_settings() -> None:
    """A policy links the accounts that it names; where its page does not fit, the settings' page is linked."""
    taken = evolve(snapshot(listing(connection("Alder", "7"))), record_pages=(OWN,))
    told = record_pages({"connection": "https://y.test/{organization_id}"})
    assert page(taken, Policy(links=(PolicyLink(accounts=("crux:*",), pages=told),))) == "https://y.test/o7"
    assert page(taken, Policy(links=(PolicyLink(accounts=("fabric:*",), pages=told),))) == "https://x.test/7"
    others = record_pages({"brand": "https://y.test/{id}"})
    assert page(taken, Policy(links=(PolicyLink(accounts=("crux",), pages=others),))) == "https://x.test/7"


def test_a_table_has_its_pages_by_the_policy(tmp_path: Path) -> None:
    """A table given on the command line has no settings; a policy file says where its rows are seen."""
    (tmp_path / "partners.csv").write_text("id,name,CRM\n7,Alder,a/b 1\n", "utf-8")
    (tmp_path / "policy.toml").write_text(
        '[[link]]\naccounts = ["partners"]\nrecord_page = "https://crm.test/{id}?row={raw.CRM}"\n', "utf-8"
    )
    rows = Table(path=tmp_path / "partners.csv").listing()
    assert page(snapshot(rows), read_policy(tmp_path / "policy.toml")) == "https://crm.test/7?row=a%2Fb%201"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('record_page = "https://x.test/{id}"', "names no accounts"),
        ('accounts = ["a"]', "names no record_page"),
        ('accounts = ["a"]\nrecord_page = "javascript:{id}"', "number 1, record_page: 'javascript:{id}' is no http"),
        ('accounts = ["a"]\nrecord_page = "https://x.test/{ID}"', "there is no {ID}; there are {id}"),
        ('accounts = ["a"]\nrecord_url = "https://x.test/{id}"', "there is no setting 'record_url'"),
        (
            'accounts = ["a"]\nrecord_page = { conection = "https://x.test/{id}" }',
            "no records of the kind 'conection'. Did you mean 'connection'? There are: connection, connection_req",
        ),
        ('accounts = "a"\nrecord_page = "https://x.test/{id}"', "no list of texts"),
    ],
)
def test_a_wrong_link_is_told(tmp_path: Path, said: str, told: str) -> None:
    """The message names the file, the table, the key, and what there is."""
    path = tmp_path / "policy.toml"
    path.write_text(f"[[link]]\n{said}\n", "utf-8")
    with pytest.raises(ConfigurationError) as error:
        read_policy(path)
    assert told in str(error.value)
    assert "policy.toml, [[link]] number 1" in str(error.value)


def test_links_to_an_account_that_is_not_there_are_told() -> None:
    """A slip in the name of an account is a finding, as everywhere in a policy."""
    link = PolicyLink(accounts=("crx:*",), pages=OWN.pages)
    findings = reconcile(snapshot(listing(connection("Alder", "7"))), policy=Policy(links=(link,))).findings
    assert "links to the records of 'crx:*'" in next(
        one.message for one in findings if one.code == "policy-without-account"
    )


def test_an_adapter_takes_its_page_and_refuses_a_wrong_one() -> None:
    """The argument is the same for every adapter; the error names it."""
    adapter = Crux(account="acme", token="t" * 40, record_page="https://x.test/{id}")
    assert adapter.record_page == OWN.pages
    with pytest.raises(ConfigurationError, match=r"record_page: there is no \{x\}"):
        Crux(account="acme", token="t" * 40, record_page="https://x.test/{x}")


def test_each_platform_leads_to_its_records() -> None:
    """In the sandbox every record has a page, and an address in the API where the vendor documents a call for one."""
    with Sandbox(World.generate(12, 3)) as sandbox, Aggregator(accounts(sandbox)) as aggregator:
        result = reconcile(aggregator.collect())
        base = {name: vendor.base_url for name, vendor in sandbox.vendors.items()}
    for view in result.coverage:
        for entry in view.entries:
            assert str(result.links.page(entry)).startswith(
                base[view.account.vendor].removesuffix("/api") + "/sandbox/partners/"
            )
            (record,) = entry.records[:1]
            documented = {
                (Crux.vendor, "connection"): None,  # there is no call for one connection
                (Crux.vendor, "connection_request"): f"/timp/organizations/connections/request/{record.source.id}/",
                (Fabric.vendor, "connection"): f"/v1/retailers/500/connections/{record.source.id}/",
                (CommerceLayer.vendor, "organization"): f"/organizations/{record.source.id}",
            }[view.account.vendor, record.source.kind]
            assert api_address(record) == (None if documented is None else base[view.account.vendor] + documented)


@pytest.mark.parametrize(
    "own", ["javascript:alert(1)", "https://evil.test/1", "http://vendor.test/1", "//vendor.test", "//[", "", None, 7]
)
def test_what_a_record_says_of_itself_is_no_link_elsewhere(own: object) -> None:
    """A `links.self` of another origin or scheme is not linked to."""
    raw = freeze({"links": {"self": own}})
    assert api_address(connection("Alder", "7", raw=raw)) is None
    assert api_address(connection("Alder", "7", raw=freeze({"links": {"self": "https://vendor.test/7"}}))) is not None
