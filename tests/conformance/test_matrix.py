"""The fault matrix in the documentation is what a run gives."""

from __future__ import annotations

from tools.fault_matrix import PAGE, page


def test_the_matrix_is_up_to_date() -> None:
    """Each cell says what a run ends in today; `python -m tools.fault_matrix` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()
