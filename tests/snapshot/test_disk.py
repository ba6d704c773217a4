"""A snapshot on disk is whole or it is not there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from aggregator import Snapshot
from aggregator.errors import SnapshotError
from aggregator.model import Drift, Rejected
from aggregator.model.raw import thaw
from aggregator.snapshot.disk import MANIFEST, save_under
from tests.fakes import NOON
from tests.samples import listing


@pytest.fixture
def snapshot() -> Snapshot:
    """Two listings, one of them incomplete."""
    return Snapshot(taken_at=NOON, listings=(listing("Acme", "Bolt \ud800 Ltd"), listing(complete=False, account="b")))


def test_a_saved_snapshot_is_loaded_without_loss(snapshot: Snapshot, tmp_path: Path) -> None:
    """Records, raw payloads and coverage are the same after saving and loading."""
    again = Snapshot.load(snapshot.save(tmp_path / "one"))
    assert again.taken_at == snapshot.taken_at
    for mine, other in zip(again.listings, snapshot.listings, strict=True):
        assert (mine.source, mine.records, mine.coverage) == (other.source, other.records, other.coverage)
        assert [thaw(one.raw) for one in mine] == [thaw(one.raw) for one in other]
    assert again.connections == snapshot.connections
    assert not again.complete


def test_rejected_rows_and_drift_are_kept(tmp_path: Path) -> None:
    """What could not be read, and what was not documented, is in the snapshot too."""
    rejected = Rejected(page=1, request="GET /", pointer="/3", errors=("no id @ $.id",), raw={"name": "x"})
    one = listing("Acme")
    from attrs import evolve  # noqa: PLC0415

    changed = evolve(one, rejected=(rejected,), drift=Drift(unknown_keys={"$.new": 2}))
    again = Snapshot.load(Snapshot(taken_at=NOON, listings=(changed,)).save(tmp_path / "one")).listings[0]
    assert again.rejected == (rejected,)
    assert thaw(again.rejected[0].raw) == {"name": "x"}
    assert again.drift == changed.drift


def test_a_snapshot_is_never_overwritten(snapshot: Snapshot, tmp_path: Path) -> None:
    """Saving into a folder that holds something is refused, and the folder stays as it was."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SnapshotError, match="exists already"):
        snapshot.save(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_an_interrupted_save_leaves_nothing_that_reads_as_whole(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing breaks off, there is no folder of the snapshot's name, and no draft is left."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SnapshotError, match="No space left"):
        snapshot.save(tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


def test_latest_points_to_the_newest(snapshot: Snapshot, tmp_path: Path) -> None:
    """`latest` is a link to the snapshot that was saved last."""
    save_under(snapshot, tmp_path)
    newer = Snapshot(taken_at=NOON.replace(hour=13), listings=snapshot.listings)
    folder = save_under(newer, tmp_path)
    assert (tmp_path / "latest").resolve() == folder.resolve()
    assert Snapshot.load(tmp_path / "latest").taken_at == newer.taken_at


def test_a_latest_that_cannot_be_set_leaves_the_snapshot_alone(snapshot: Snapshot, tmp_path: Path) -> None:
    """Where a link cannot be made, the error says where the snapshot is, and no draft of a link is left."""
    (tmp_path / "latest").mkdir()
    with pytest.raises(SnapshotError, match=r"latest cannot be set: .+ The snapshot is in ") as caught:
        save_under(snapshot, tmp_path)
    (folder,) = (one for one in tmp_path.iterdir() if one.name != "latest")
    assert str(folder) in str(caught.value)
    assert Snapshot.load(folder).taken_at == snapshot.taken_at


def test_an_empty_folder_makes_way_for_a_snapshot(snapshot: Snapshot, tmp_path: Path) -> None:
    """It is gone before the snapshot takes its place, as a system must have it that replaces no folder."""
    folder = tmp_path / "one"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        replace = Path.replace

        def as_on_windows(self: Path, target: Path) -> Path:
            if target.is_dir():
                raise PermissionError(13, "Access is denied")
            return replace(self, target)

        patch.setattr(Path, "replace", as_on_windows)
        snapshot.save(folder)
    assert Snapshot.load(folder).taken_at == snapshot.taken_at


def test_only_the_owner_may_read_a_snapshot(snapshot: Snapshot, tmp_path: Path) -> None:
    """It holds people's names, so nobody else may look into it."""
    assert snapshot.save(tmp_path / "one").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["cut", "change", "remove", "nest", "garbage"])
def test_a_damaged_listing_is_noticed(snapshot: Snapshot, tmp_path: Path, damage: str) -> None:
    """A file that was cut short, changed, removed or overwritten is an error that names it, not a shorter list."""
    folder = snapshot.save(tmp_path / "one")
    path = next(folder.glob("01-*.jsonl"))
    if damage == "cut":
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    elif damage == "change":
        path.write_bytes(path.read_bytes().replace(b"Acme", b"Acne"))
    elif damage == "remove":
        path.unlink()
    elif damage == "nest":
        path.write_bytes(b"[" * 100_000 + b"]" * 100_000)
    else:
        path.write_bytes(b"\xff\xfe{")
    with pytest.raises(SnapshotError, match=path.name):
        Snapshot.load(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"format": 99}', "format 99"),
        ('{"format": 1}', "damaged"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A folder whose manifest cannot be read is an error that says so."""
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(SnapshotError, match=said):
        Snapshot.load(tmp_path)


def test_a_manifest_cannot_point_outside_its_folder(snapshot: Snapshot, tmp_path: Path) -> None:
    """A manifest from somebody else cannot make us read other files."""
    folder = snapshot.save(tmp_path / "one")
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["listings"][0]["file"] = "../../secret.jsonl"
    (folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(SnapshotError, match="outside"):
        Snapshot.load(folder)


def test_a_folder_without_a_snapshot_says_what_to_do(tmp_path: Path) -> None:
    """An empty folder is an error with a hint, not an empty snapshot."""
    with pytest.raises(SnapshotError, match="aggregator collect"):
        Snapshot.load(tmp_path)


def test_the_folder_above_leads_to_the_one_that_is_meant(snapshot: Snapshot, tmp_path: Path) -> None:
    """Whoever names the folder of all snapshots is told which one to name."""
    save_under(snapshot, tmp_path)
    with pytest.raises(SnapshotError, match="Did you mean"):
        Snapshot.load(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no device that never ends")
@pytest.mark.parametrize("pattern", ["manifest.json", "*.jsonl"])
def test_a_link_to_a_device_is_not_followed(snapshot: Snapshot, tmp_path: Path, pattern: str) -> None:
    """What never ends would take all memory there is, and a pipe all time."""
    folder = snapshot.save(tmp_path / "s")
    (path,) = list(folder.glob(pattern))[:1]
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(SnapshotError, match="It is no regular file"):
        Snapshot.load(folder)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(SnapshotError, match="It is no regular file"):
        Snapshot.load(folder)
