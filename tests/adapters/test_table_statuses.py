"""Whether a partner is active is read from whatever column says so, and what may mean two things is left unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import read_table
from aggregator.reconcile.account_views import view_accounts
from aggregator.snapshot import Snapshot
from tests.adapters.test_table import written
from tests.reconcile.making import NOON


def _statuses(path: Path, text: str) -> list[str | None]:
    (view,) = view_accounts(Snapshot(taken_at=NOON, listings=(read_table(written(path / "list.csv", text)),)))
    return [one.status for one in sorted(view.entries, key=lambda one: one.name or "")]


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
