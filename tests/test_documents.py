"""What the documents show is run as it stands: Python blocks, commands, settings files."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from aggregator.adapter.login import Login
from aggregator.adapter.registry import load_adapter
from aggregator.cli import run
from aggregator.sandbox import Sandbox, World
from aggregator.testing import ListProfile, LoginProfile, WireProfile
from aggregator.wire import cursor as cursor_home
from aggregator.wire import pagers as pagers_home

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

_BLOCK = re.compile(r"^```(?P<language>\w+)[^\n]*\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)

# Commands that set up a machine, serve until they are ended, or wait for a person: shown, and tried by hand.
_NOT_RUN = (
    "python3 -m venv", ".venv/bin/pip", ".venv/bin/python -m tools", "pip install", "git clone", "cd ", "make ",
    "aggregator sandbox", "aggregator review", "export ", "source ", "pytest",
)  # fmt: skip


def _blocks(page: Path, language: str) -> list[str]:
    return [one["text"] for one in _BLOCK.finditer(page.read_text("utf-8")) if one["language"] == language]


_TITLED = re.compile(r'^```\w+ title="(?P<name>[^"\n]+)"\n(?P<text>.*?)^```', re.MULTILINE | re.DOTALL)


def _write_shown_files(page: Path) -> None:
    """Write the files that a page shows under their names into the folder, for its commands to find."""
    for one in _TITLED.finditer(page.read_text("utf-8")):
        Path(one["name"]).write_text(one["text"], "utf-8")


def _having(language: str) -> list[Any]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES if _blocks(page, language)]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The bundled vendors, with a small world."""
    with Sandbox(World.generate(30)) as served:
        yield served


@pytest.fixture
def _in_a_folder_with_settings(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, where aggregator.toml names an account of each bundled vendor."""
    monkeypatch.chdir(tmp_path)
    lines = []
    for name, vendor in sandbox.vendors.items():
        lines += [f"[accounts.{name}]", f'vendor = "{name}"', f'base_url = "{vendor.base_url}"']
        for key, value in vendor.credentials.items():
            if key in {"password", "client_secret"}:
                monkeypatch.setenv(f"{name}_{key}".upper(), str(value))
                lines.append(f'{key} = {{ env = "{f"{name}_{key}".upper()}" }}')
            elif key not in {"token", "brand_id"}:
                lines.append(f'{key} = "{value}"')
    Path("aggregator.toml").write_text("\n".join(lines), "utf-8")


@pytest.mark.usefixtures("_in_a_folder_with_settings")
@pytest.mark.parametrize("page", _having("python"))
def test_every_python_block_runs(page: Path, sandbox: Sandbox) -> None:
    """The Python blocks of a page run one after the other, with the bundled vendors at hand as `sandbox`."""
    names: dict[str, Any] = {"sandbox": sandbox, "__name__": "__main__"}
    _write_shown_files(page)
    for number, block in enumerate(_blocks(page, "python"), start=1):
        exec(compile(block, f"{page.name}, block {number}", "exec"), names)


def test_every_python_block_satisfies_a_strict_type_checker(tmp_path: Path) -> None:
    """Whoever copies what a page shows into a project that mypy checks strictly is told of no error."""
    files = []
    for number, page in enumerate(PAGES):
        blocks = _blocks(page, "python")
        own = any("sandbox = " in block for block in blocks)
        given = "" if own else "from aggregator.sandbox import Sandbox\n\nsandbox = Sandbox()\n"
        files.append(tmp_path / f"page_{number}_{page.stem.replace('-', '_')}.py")
        files[-1].write_text(given + "\n".join(blocks), "utf-8")
    cache = str(ROOT / ".mypy_cache" / "documents")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", cache, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", _having("python"))
def test_a_page_says_what_its_sandbox_is(page: Path) -> None:
    """Where a page uses `sandbox` without making it, two lines that make it stand before the first example."""
    blocks, text = _blocks(page, "python"), page.read_text("utf-8")
    if any("sandbox.vendors" in one for one in blocks) and not any(
        re.search("sandbox = |as sandbox", one) for one in blocks
    ):
        given = "`from aggregator.sandbox import Sandbox` and `sandbox = Sandbox().start()` come first"
        assert given in text[: text.index("```")]


def test_the_guide_names_every_pager_login_and_paging() -> None:
    """Whoever writes an adapter finds in the guide all there is to choose from, and every field of a profile."""
    guide = (ROOT / "docs" / "writing-an-adapter.md").read_text("utf-8")
    pagers = [one for home in (pagers_home, cursor_home) for one in vars(home).values() if isinstance(one, type)]
    names = [one.__name__ for one in pagers if issubclass(one, pagers_home.Opening) and one is not pagers_home.Opening]
    kinds: list[type[Login]] = [Login, *Login.__subclasses__()]
    logins = [one.__name__ for one in kinds if one.__module__ == Login.__module__]
    pagings = ["Whole", "Numbered", "Offset", "AfterId", "ByCursor"]
    profiles = [one.name for kind in (WireProfile, ListProfile, LoginProfile) for one in fields(kind)]
    for name in (*names, *logins, *pagings, *profiles):
        assert f"`{name}" in guide, name


@pytest.mark.usefixtures("_in_a_folder_with_settings")
@pytest.mark.parametrize("page", _having("console"))
def test_every_command_runs(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands of a page run in a folder with settings for the bundled vendors, and end well."""
    _write_shown_files(page)
    printed = ""
    for block in _blocks(page, "console"):
        for line in block.splitlines():
            command = line.removeprefix("$ ")
            if line.startswith("$ ") and not command.startswith(_NOT_RUN):
                words = shlex.split(command, comments=True)
                assert words[0] == "aggregator", f"{page.name} shows a command that no test knows: {command}"
                code = run([_at_hand(word) for word in words[1:]])
                printed, complaint = capsys.readouterr()
                assert code in {0, 5}, f"{command}: {complaint}"
            elif not line.startswith("$ "):
                assert line == "…" or line in printed.splitlines(), line


def _at_hand(word: str) -> str:
    """A table of one's own is written, and an older snapshot is the latest one here."""
    if word == "partners.csv":
        return str(_table())
    return re.sub(r"snapshots/\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z", "snapshots/latest", word)


def _table() -> Path:
    path = Path("partners.csv")
    path.write_text("id,name,website\n1,Crux Supplier A,cruxsupplier.example\n2,Nobody Knows Ltd,\n", "utf-8")
    return path


@pytest.mark.parametrize("page", _having("toml"))
def test_every_settings_file_names_what_there_is(page: Path) -> None:
    """Settings that a page shows are TOML, and the keys of an account are its adapter's."""
    for block in _blocks(page, "toml"):
        for table in tomllib.loads(block).get("accounts", {}).values():
            known = {one.name for one in fields(load_adapter(table["vendor"]))}
            assert set(table) - {"vendor"} <= known


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link to another page of this project leads to a page that exists."""
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_capability_matrix_is_what_the_adapters_declare() -> None:
    """The page with the matrix is the one that `python -m tools.write_matrix` writes."""
    from tools.write_matrix import PAGE, page  # noqa: PLC0415 - only here

    assert PAGE.read_text("utf-8") == page()
