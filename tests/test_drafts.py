"""A file is replaced whole or not at all, whoever else is writing it."""

from __future__ import annotations

from pathlib import Path

from aggregator.drafts import drafted


def test_two_who_write_one_file_do_not_write_one_draft(tmp_path: Path) -> None:
    """In two threads of one process, too: the file is what one of them wrote, and nothing else is left."""
    path = tmp_path / "state.json"
    with drafted(path) as mine, drafted(path) as theirs:
        mine.write_text("mine", "utf-8")
        theirs.write_text("theirs", "utf-8")
    assert path.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]
