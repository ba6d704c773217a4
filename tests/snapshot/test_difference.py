"""The difference between two snapshots says what is certain, and what is not, and never mixes the two."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from aggregator import Snapshot
from aggregator.cli import run
from aggregator.model import Activity, ConnectionStatus, Contact, Listing
from aggregator.model.raw import freeze
from aggregator.snapshot import diff
from aggregator.snapshot.difference import name_of
from tests.fakes import NOON
from tests.samples import connection, coverage, listing


def _snapshot(*listings: Listing[Any]) -> Snapshot:
    return Snapshot(taken_at=NOON, listings=listings)


def _having(*records: Any, complete: bool = True, scope: str | None = None) -> Snapshot:
    return _snapshot(evolve(listing(), records=records, coverage=coverage(complete=complete, scope=scope)))


ACME = connection(id="1", name="Acme")
BOLT = connection(id="2", name="Bolt")


def test_the_same_snapshot_differs_in_nothing() -> None:
    """Nothing is added, removed, changed or doubtful between a snapshot and itself."""
    found = diff(_having(ACME, BOLT), _having(BOLT, ACME))
    assert not found
    assert found.certain


def test_what_came_and_went_between_whole_lists_is_certain() -> None:
    """Between two complete lists, a record that is only in one of them was added or removed."""
    (one,) = diff(_having(ACME), _having(BOLT)).listings
    assert (one.added, one.removed, one.doubts) == ((BOLT,), (ACME,), ())


def test_nothing_is_removed_from_an_incomplete_list() -> None:
    """A record that did not come is not called removed where the newer list is incomplete; the reason is given."""
    found = diff(_having(ACME), _having(BOLT, complete=False))
    (one,) = found.listings
    assert (one.removed, one.vanished, one.added) == ((), (ACME,), (BOLT,))
    assert "cut off for a test" in one.doubts[0]
    assert not found.certain


def test_nothing_is_added_to_a_list_that_was_incomplete() -> None:
    """A record that is new to us is not called added where the older list was incomplete."""
    (one,) = diff(_having(ACME, complete=False), _having(ACME, BOLT)).listings
    assert (one.added, one.appeared) == ((), (BOLT,))


def test_a_filtered_list_says_nothing_of_the_rest() -> None:
    """A record that a filter hides is not removed; with the same filter on both sides it is."""
    (one,) = diff(_having(ACME), _having(scope="status = active")).listings
    assert (one.removed, one.vanished) == ((), (ACME,))
    (one,) = diff(_having(ACME, scope="status = active"), _having(scope="status = active")).listings
    assert one.removed == (ACME,)


def test_an_account_that_is_in_one_snapshot_only_removes_nobody() -> None:
    """Where a whole list is missing from a snapshot, none of its records is called added or removed."""
    found = diff(_having(ACME), _snapshot())
    (one,) = found.listings
    assert (one.removed, one.vanished) == ((), (ACME,))
    assert "does not hold this list" in one.doubts[0]
    (one,) = diff(_snapshot(), _having(ACME)).listings
    assert (one.added, one.appeared) == ((), (ACME,))


def test_a_changed_field_is_named_with_both_values() -> None:
    """Fields are told by a dotted path into nested records, with what they held before and hold now."""
    assert ACME.supplier is not None
    now = evolve(ACME, status=ConnectionStatus.ENDED, supplier=evolve(ACME.supplier, name="Acme Ltd"))
    (one,) = diff(_having(ACME), _having(now)).listings
    (change,) = one.changed
    assert {str(field) for field in change.fields} == {"status: active → ended", "supplier.name: Acme → Acme Ltd"}


@pytest.mark.parametrize(
    "now",
    [
        evolve(ACME, activity=Activity(orders_last_7_days=9)),
        evolve(ACME, raw=freeze({"other": 1})),
        evolve(ACME, source=evolve(ACME.source, page=3, pointer="/9")),
    ],
    ids=["counters", "raw", "place"],
)
def test_what_changes_by_itself_is_no_news(now: Any) -> None:
    """Counters, the raw spelling and the place on a page are not compared."""
    assert not diff(_having(ACME), _having(now))


def test_the_order_of_contacts_is_no_news() -> None:
    """A platform that lists the same contacts in another order has said nothing new."""
    ada, bob = Contact(id="1", name="Ada"), Contact(id="2", name="Bob")
    assert not diff(_having(evolve(ACME, contacts=(ada, bob))), _having(evolve(ACME, contacts=(bob, ada))))
    assert diff(_having(evolve(ACME, contacts=(ada, bob))), _having(evolve(ACME, contacts=(ada,))))


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)), st.booleans(), st.booleans())
def test_every_record_is_accounted_for(old: set[int], new: set[int], old_whole: bool, new_whole: bool) -> None:
    """Each record of either side is kept, added or removed, or in doubt; certain ones only where the list is whole."""
    before = _having(*(connection(id=str(one), name="x") for one in sorted(old)), complete=old_whole)
    after = _having(*(connection(id=str(one), name="x") for one in sorted(new)), complete=new_whole)
    (one,) = diff(before, after).listings
    assert {int(record.key.id) for record in (*one.added, *one.appeared)} == new - old
    assert {int(record.key.id) for record in (*one.removed, *one.vanished)} == old - new
    assert not one.added or old_whole
    assert not one.removed or new_whole


def test_a_span_of_time_that_moved_on_is_no_doubt() -> None:
    """Lists of the last so many days differ at their old end because of what was asked for, which is no news."""

    def last_days(since: int, *days: int, complete: bool = True) -> Snapshot:
        records = [evolve(connection(id=str(day), name="x"), created_at=NOON + timedelta(days=day)) for day in days]
        said = coverage(complete=complete, scope="the last days", since=NOON + timedelta(days=since))
        return _snapshot(evolve(listing(), records=tuple(records), coverage=said))

    found = diff(last_days(1, 1, 2, 3), last_days(2, 3, 4))
    (one,) = found.listings
    assert found.certain
    assert [record.key.id for record in one.added] == ["4"]
    assert [record.key.id for record in one.removed] == ["2"], "both lists were to hold it"
    assert not diff(last_days(1, 1, 2), last_days(2, 2, complete=False)).certain


def test_a_record_goes_by_the_partners_name() -> None:
    """People are shown the partner, not the platform's number for the relation."""
    assert name_of(ACME) == "Acme"


def _saved(tmp_path: Path, before: Snapshot, after: Snapshot) -> list[str]:
    return [str(one.save(tmp_path / name)) for name, one in (("old", before), ("new", after))]


def test_the_command_prints_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each list and for each record that came, went or changed."""
    folders = _saved(tmp_path, _having(ACME), _having(BOLT))
    assert run(["diff", *folders]) == 0
    said = capsys.readouterr().out
    assert "1 added, 1 removed, 0 changed" in said
    assert "+ 'Bolt'" in said
    assert "- 'Acme'" in said
    assert run(["diff", *folders, "--fail-on-change"]) == 5


def test_the_command_says_what_it_cannot_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An incomplete list gives exit code 4, and the partner that did not come is not called removed."""
    folders = _saved(tmp_path, _having(ACME), _having(complete=False))
    assert run(["diff", *folders]) == 4
    said = capsys.readouterr().out
    assert "cut off for a test" in said
    assert "did not come; it may still be there" in said
    assert "- 'Acme'" not in said


def test_the_command_prints_json_for_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of JSON with every record by kind, id and name, and every field with both values."""
    ended = evolve(ACME, status=ConnectionStatus.ENDED)
    assert run(["diff", *_saved(tmp_path, _having(ACME), _having(ended, BOLT)), "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["listings"]
    assert one["added"] == [{"kind": "connection", "id": "2", "name": "Bolt"}]
    assert one["changed"][0]["fields"] == [{"field": "status", "before": "active", "after": "ended"}]


def test_a_folder_without_a_snapshot_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is none is answered with one message and the code for it."""
    assert run(["diff", str(tmp_path), str(tmp_path)]) == 3
    assert "holds no snapshot" in capsys.readouterr().err
