"""A file is replaced whole or not at all, whoever else is writing it."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IMODE

import pytest

from aggregator.drafts import drafted


def test_two_who_write_one_file_do_not_write_one_draft(tmp_path: Path) -> None:
    """In two threads of one process, too: the file is what one of them wrote, and nothing else is left."""
    path = tmp_path / "state.json"
    with drafted(path) as mine, drafted(path) as theirs:
        mine.write_text("mine", "utf-8")
        theirs.write_text("theirs", "utf-8")
    assert path.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="rights are POSIX's")
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o644])
def test_a_draft_is_its_owners_alone(tmp_path: Path, rights: int) -> None:
    """Nobody reads while it is written what is to replace a file; in its place, it has the rights of that file."""
    path = tmp_path / "state.json"
    path.touch()
    path.chmod(rights)
    with drafted(path) as draft:
        draft.write_text("mine", "utf-8")
        assert S_IMODE(draft.stat().st_mode) == 0o600
    assert S_IMODE(path.stat().st_mode) == rights


@pytest.mark.skipif(os.name == "nt", reason="rights are POSIX's")
def test_a_new_file_has_the_rights_of_any(tmp_path: Path) -> None:
    """Where there is nothing to replace, the umask says who may read it."""
    with drafted(tmp_path / "one") as draft:
        draft.write_text("mine", "utf-8")
    (tmp_path / "other").touch()
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "other").stat().st_mode
