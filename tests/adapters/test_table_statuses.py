"""Whether a partner is active is read from whatever column says so, and what may mean two things is left unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from adapters.table import Table, read_table
from adapters.table.cells.ended import read_ends
from aggregator.reconcile.account_views import view_accounts
from aggregator.snapshot import Snapshot
from tests.adapters.test_table import written
from tests.reconcile.making import NOON

_TIMES: Final = "\N{MULTIPLICATION SIGN}"


def _statuses(path: Path, text: str) -> list[str | None]:
    (view,) = view_accounts(Snapshot(taken_at=NOON, listings=(read_table(written(path / "list.csv", text)),)))
    return [one.status for one in sorted(view.entries, key=lambda one: one.name or "")]


def _one_column(path: Path, heading: str, cells: str) -> list[str | None]:
    """What is read of one column beside the name, its cells parted by blanks; a dot is a blank cell."""
    rows = (f"P{at};{'' if cell == '.' else cell}\n" for at, cell in enumerate(cells.split()))
    return _statuses(path, f"Supplier;{heading}\n{''.join(rows)}")


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Supplier,Status,Deleted\nCobalt,Approved,X\nDelta,Approved,\n", ["ended", "active"]),
        ("Supplier,Active,Blocked\nCobalt,Yes,Yes\nDelta,Yes,No\n", ["suspended", "active"]),
        ("Supplier,Inactive,Blocked\nCobalt,No,Yes\nDelta,Yes,\nEcho,No,No\n", ["suspended", "ended", "active"]),
        ("Supplier,Account Status,Inactive Account\nCobalt,0,1\nDelta,0,0\n", ["ended", "unknown"]),
        ("Supplier,Deleted,Blocked,Inactive\nCobalt,Yes,Yes,Yes\nDelta,No,Yes,Yes\n", ["ended", "suspended"]),
        ("Supplier,Status,Blocked\nCobalt,pending,Yes\nDelta,Closed,Yes\n", ["suspended", "ended"]),
        ("Supplier,Status,Active\nCobalt,pending,No\nDelta,Approved,No\n", ["pending", "active"]),
        ("Supplier,Status,Inactive\nCobalt,pending,No\nDelta,,No\n", ["pending", None]),
        ("Supplier,State,Deleted\nCobalt,connected,1\nDelta,connected,0\n", ["ended", "active"]),
        ("Supplier,Status,Inactive from\nCobalt,Approved,2020-01-01\nDelta,Approved,\n", ["ended", "active"]),
        ("Supplier,Status,Blocked\nCobalt,A,Yes\nDelta,A,No\nEcho,I,Yes\n", ["suspended", "active", "ended"]),
    ],
)
def test_the_gravest_column_says_the_status(tmp_path: Path, text: str, statuses: list[str | None]) -> None:
    """A partner that is blocked or deleted is not active, whatever another column says."""
    assert _statuses(tmp_path, text) == statuses


def test_every_column_that_says_a_status_is_named(tmp_path: Path) -> None:
    """What is read is shown before anything is compared; a column that says nothing is not used."""
    headings = "Supplier,Status,Deleted,Active,Inactive from,Blocked"
    text = f"{headings}\nCobalt,Approved,X,Yes,2020-01-01,\nDelta,Approved,,Yes,,\n"
    said = Table(path=written(tmp_path / "list.csv", text)).described()
    assert "status = 'Status' and 'Deleted' and 'Inactive from'; not used: 'Active', 'Blocked'" in said
    text = "Supplier,Active,Deleted\nCobalt,Yes,X\n"
    assert "status = 'Active' and 'Deleted';" in Table(path=written(tmp_path / "list.csv", text)).described()


def test_a_status_that_is_given_goes_before_every_other(tmp_path: Path) -> None:
    """Whoever says which column is the status can leave out one that a guess gets wrong."""
    path = written(tmp_path / "list.csv", "Supplier,Status,Deleted\nCobalt,Approved,X\n")
    (one,) = read_table(path, columns={"status": "Status"})
    assert (one.status, one.status_native) == ("active", "Approved")


@pytest.mark.parametrize("status", ["Approved", "Active"])
def test_a_blank_flag_leaves_the_status(tmp_path: Path, status: str) -> None:
    """It says of nobody that he is deleted: the table's own word stays."""
    (one,) = read_table(written(tmp_path / "list.csv", f"Supplier,Status,Deleted\nCobalt,{status},\n"))
    assert (one.status, one.status_native) == ("active", status)


@pytest.mark.parametrize(
    "heading",
    ["Deactivated on", "Inactive from", "Inactive date", "INACTIVE_DATE", "Relationship end", "Terminated on",
     "Termination date", "Inaktiv ab", "Fecha de baja"],
)  # fmt: skip
def test_a_day_that_is_past_ends_a_relation(tmp_path: Path, heading: str) -> None:
    """A future or a blank one says nothing, nor does a far day that means that there is none."""
    found = _one_column(tmp_path, heading, "2020-01-31 . 9999-12-31 2099-12-31T00:00:00Z 2019-05-01T10:30:00.25+02:00")
    assert found == ["ended", None, None, None, "ended"]


@pytest.mark.parametrize("heading", ["Valid to", "Valid until", "End date", "Gültig bis", "Closed on", "Locked since"])
def test_a_day_that_may_end_something_else_says_nothing(tmp_path: Path, heading: str) -> None:
    """Certificates, price lists, sales and logins end, and a partner that goes on is missed elsewhere."""
    assert _one_column(tmp_path, heading, "2020-01-31 .") == [None, None]
    assert (
        _statuses(tmp_path, f"Supplier,Status,{heading}\nCobalt,Active,2020-01-31\nDelta,Active,\n") == ["active"] * 2
    )


@pytest.mark.parametrize("heading", ["Vendor Active", "Active vendor", "Still active?", "Vendor active? (Y/N)"])
def test_a_flag_may_say_whose_it_is(tmp_path: Path, heading: str) -> None:
    """It is the partner's in each case."""
    assert _one_column(tmp_path, heading, "yes no") == ["active", "ended"]


def test_how_many_are_closed_is_no_flag(tmp_path: Path) -> None:
    """Tickets are counted, and a customer with one is a customer."""
    assert _statuses(tmp_path, "Customer,Open,Closed\nCobalt,1,1\nDelta,0,0\n") == [None, None]


@pytest.mark.parametrize("other", ["Active from", "User", "Employee"])
def test_who_came_back_or_is_a_person_has_not_ended(tmp_path: Path, other: str) -> None:
    """What stands beside it shows it."""
    text = f"Supplier,Inactive from,{other}\nCobalt,2020-01-31,x\nDelta,,x\n"
    assert _statuses(tmp_path, text) == [None, None]


@pytest.mark.parametrize(
    ("cells", "statuses"),
    [
        ("31.01.2020 31.12.9999", ["ended", None]),
        ("1.2.2020 00.00.0000", ["ended", None]),
        ("20200131 00000000 99991231", ["ended", None, None]),
        ("2020/1/31 n/a", ["ended", None]),
        ("31/01/2020 05/06/2021 .", ["ended", "ended", None]),
        ("01/31/2020 05/06/2021 .", ["ended", "ended", None]),
        ("05/06/2021 .", ["ended", None]),  # the fifth of June and the sixth of May are both past
        ("31/01/2020 01/31/2020 .", [None, None, None]),
        ("2020-01-31 soon .", [None, None, None]),
        ("2020-13-31 .", [None, None]),
        ("1900-01-01 0001-01-01 2020-01-31", [None, None, "ended"]),  # where programs keep no day
        ("2020-01-31 2021-01-31", [None, None]),
        (". .", [None, None]),
    ],
)
def test_days_are_read_as_they_are_written(tmp_path: Path, cells: str, statuses: list[str | None]) -> None:
    """A column in which one cell is no day is left alone, as is one that says of all that they have ended."""
    assert _one_column(tmp_path, "Inactive from", cells) == statuses


def test_a_day_that_is_past_in_one_reading_alone_is_not_read() -> None:
    """The first of December or the twelfth of January: nothing shows which, and it matters."""
    assert read_ends({"01/12/2024", "03/04/2020", ""}, "ended", date(2024, 6, 1)) is None
    read = read_ends({"01/12/2024", "23/04/2020", ""}, "ended", date(2024, 6, 1))
    assert read == {"01/12/2024": "", "23/04/2020": "ended", "": ""}


def test_a_day_to_come_ends_nothing(tmp_path: Path) -> None:
    """Notice was given, and they are partners still."""
    soon = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert _statuses(tmp_path, f"Supplier,Status,Inactive from\nCobalt,Active,{soon}\n") == ["active"]


@pytest.mark.parametrize(
    "headings",
    ["Supplier,Contract end", "Supplier,Contract end date", "Supplier,Date", "Supplier,Valid from", "Supplier,Since"],
)
def test_the_end_of_something_else_is_no_end_of_a_relation(tmp_path: Path, headings: str) -> None:
    """A contract may be followed by another."""
    assert _statuses(tmp_path, f"{headings}\nCobalt,2020-01-31\nDelta,\n") == [None, None]


@pytest.mark.parametrize("heading", ["Contract No.", "Vertragsnummer"])
def test_beside_a_contract_it_is_that_which_was_terminated(tmp_path: Path, heading: str) -> None:
    """One that is renewed late is no partner lost; the day on which a partner was deactivated is his own."""
    for end, statuses in (("Terminated on", [None, None]), ("Inactive from", ["ended", None])):
        text = f"Supplier,{heading},{end}\nCobalt,C-1,2020-01-31\nDelta,C-2,\n"
        assert _statuses(tmp_path, text) == statuses


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("✓", "✗"), ("✔", "✘"), ("✔️", "❌"), ("☑", "☐"), ("○", _TIMES), ("◯", _TIMES), ("✓", "."), ("○", "."),
        ("Да", "Нет"), ("да", "нет"), ("是", "否"), ("はい", "いいえ"), ("예", "아니오"), ("네", "아니요"),
        ("checked", "unchecked"), ("O", "N"), ("x", "."),
    ],
)  # fmt: skip
def test_yes_and_no_are_known_in_signs_and_scripts(tmp_path: Path, yes: str, no: str) -> None:
    """What they are in plain letters is another word: a cross is an X there, which says yes."""
    assert _one_column(tmp_path, "Active", f"{yes} {no}") == ["active", None if no == "." else "ended"]
    assert _one_column(tmp_path, "Blocked", f"{yes} {no}") == ["suspended", None]


@pytest.mark.parametrize("cells", [f"{_TIMES} .", "✗ . ✗", "O X", "✓ x", "● ○", "● .", "有効 無", "yes maybe"])
def test_a_mark_that_may_say_yes_or_no_says_nothing(tmp_path: Path, cells: str) -> None:
    """A cross beside blanks may tick a box; an X beside an O crosses it out."""
    assert set(_one_column(tmp_path, "Active", cells)) == {None}


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("Live", "active", "ended"),
        ("Active (Y/N)", "active", "ended"),
        ("Blocked (Y/N)", "suspended", None),
        *(
            (one, "ended", "active")
            for one in ("Inactive Account", "Passive", "Inaktivní", "Neaktivni", "Neaktívny", "Passiivinen", "停止",
                        "停用", "是否停用", "停用状态", "거래중지")
        ),
        *((one, "ended", "active") for one in ("Deactivated", "Inattivo", "Nicht aktiv")),
        *((one, "ended", None) for one in ("Discontinued", "Terminated", "Obsolete", "Archived", "Chiuso")),
        *(
            (one, "suspended", None)
            for one in ("Zablokowany", "Geblokkeerd", "Blocat", "Letiltva", "Заблокирован", "On hold", "On-Hold")
        ),
        ("Approved", None, None),
        ("Blocked reason", None, None),
    ],
)  # fmt: skip
def test_headings_of_flags_are_known(tmp_path: Path, heading: str, yes: str | None, no: str | None) -> None:
    """In many languages; a supplier that is not approved is pending, and not inactive."""
    assert _one_column(tmp_path, heading, "yes no") == [yes, no]


@pytest.mark.parametrize(
    ("cells", "statuses"),
    [
        ("A;I;", ["active", "ended", None]),
        ("a;i", ["active", "ended"]),
        ("A;A", ["unknown", "unknown"]),
        ("A;I;P", ["unknown", "unknown", "unknown"]),
        ("Aktywny;Nieaktywny", ["active", "ended"]),
        ("Aktif;Pasif;AKTİF;PASİF", ["active", "ended", "active", "ended"]),
        ("Aktivní;Neaktivní", ["active", "ended"]),
        ("启用;停用", ["active", "ended"]),
        ("有効;無効", ["active", "ended"]),
        ("Активен;Неактивен", ["active", "ended"]),
        ("Activo;Inactivo", ["active", "ended"]),
        ("Attivo;Cessato", ["active", "ended"]),
        ("Actif;Inactif", ["active", "ended"]),
        ("Actief;Inactief", ["active", "ended"]),
        ("Aktiv;Inaktiv", ["active", "ended"]),
        ("connected;disconnected", ["active", "ended"]),
        ("1 - Active;2 - Inactive;3 - Suspended", ["active", "ended", "suspended"]),
        ("● Active;🔴 Blocked;● Onboarding", ["active", "unknown", "pending"]),
        ("Inactive since 2024-05-01;Active since 2019;Aktiv seit 01.05.2024", ["ended", "active", "active"]),
        ("! Active;Inactive since May;Active 2", ["unknown", "unknown", "unknown"]),
    ],
)
def test_status_words_of_many_lists_are_known(tmp_path: Path, cells: str, statuses: list[str | None]) -> None:
    """A is active beside I alone, and what stands around a word changes nothing; any other stays unknown."""
    rows = "".join(f"P{at},{cell}\n" for at, cell in enumerate(cells.split(";")))
    assert _statuses(tmp_path, f"Supplier,Status\n{rows}") == statuses


def test_the_word_of_the_table_stays(tmp_path: Path) -> None:
    """A policy says what words mean as they stand; nothing but the word itself says "suspended"."""
    text = "Supplier,Status\nCobalt,1 - Active\nDelta,2 - Suspended\nEcho,3 - Odd\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.status_native for one in listing] == ["1 - Active", "suspended", "3 - Odd"]
    assert listing.drift.unknown_values == {"status=3 - Odd": 1}


@pytest.mark.parametrize(
    ("heading", "cells", "statuses"),
    [
        ("Estado", "Activo Inactivo", ["active", "ended"]),
        ("Estado del proveedor", "Activo Suspendido", ["active", "unknown"]),
        ("Stato", "Attivo Cessato .", ["active", "ended", None]),
        ("shop_state", "OPEN CLOSE SUSPENDED", ["active", "ended", "suspended"]),
        ("State", "connected disconnected", ["active", "ended"]),
        ("停用状态", "启用 停用", ["active", "ended"]),
        ("Estado", "Activo Jalisco", [None, None]),
        ("Stato", "Italia Francia", [None, None]),
        ("State", ". .", [None, None]),
    ],
)
def test_a_state_in_which_partners_are_is_a_status(
    tmp_path: Path, heading: str, cells: str, statuses: list[str | None]
) -> None:
    """And no region, where all its words are states of a relation: one that is a place makes all of them places."""
    assert _one_column(tmp_path, heading, cells) == statuses


def test_a_state_beside_a_province_leaves_it(tmp_path: Path) -> None:
    """The province is where they are, and a state that is given as region stays one."""
    path = written(tmp_path / "list.csv", "Proveedor,Provincia,Estado\nCobalt,Toledo,Activo\n")
    (one,) = read_table(path)
    assert one.address is not None
    assert (one.address.region, one.status) == ("Toledo", "active")
    path = written(tmp_path / "list.csv", "Supplier,State\nCobalt,Active\n")
    (one,) = read_table(path, columns={"region": "State"})
    assert one.address is not None
    assert (one.address.region, one.status) == ("Active", None)
