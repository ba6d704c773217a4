"""What programs put into a cell besides its value is taken out again, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.table import Table, read_table
from tests.adapters.test_table import written

# Letters that were encoded twice


def test_letters_that_were_encoded_twice_are_mended(tmp_path: Path) -> None:
    """In the whole file, which is said."""
    right = "name,city\nMüller & Söhne,Weiß\nÁgua “Viva”,São Paulo\nŁódź Foods,Caf\u00e9\n"
    twice = "".join(_twice(letter) for letter in right)
    table = Table(path=written(tmp_path / "list.csv", twice))
    assert [one.name for one in table.listing()] == ["Müller & Söhne", "Água “Viva”", "Łódź Foods"]
    assert "mended: its letters were encoded twice" in table.described()


def _twice(letter: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in letter.encode()
    )


def test_lines_of_another_hand_stay_where_letters_are_mended(tmp_path: Path) -> None:
    """Of what is right, nothing becomes worse."""
    text = "ï»¿name\nMÃ¼ller\nMüller\nÆrø Foods\n北京公司\nAcmeÂ\xa0Ltd\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.name for one in listing] == ["Müller", "Müller", "Ærø Foods", "北京公司", "Acme\xa0Ltd"]
    assert "name" in listing[0].raw


@pytest.mark.parametrize(
    "names",
    [
        ["SÃO PAULO"],
        ["SÃO PAULO", "MÃ¼ller"],  # not sure
        ["CHÂTEAU FOODS", "Crème"],
        ["IRMÃ\xa0LTDA"],
        ["Ärzte", "Łódź", "Ünlü"],
    ],
)
def test_letters_that_are_right_stay(tmp_path: Path, names: list[str]) -> None:
    """A Portuguese name may have an "Ã" of its own."""
    table = Table(path=written(tmp_path / "list.csv", "\n".join(["name", *names, ""])))
    assert [one.name for one in table.listing()] == names
    assert "mended" not in table.described()
