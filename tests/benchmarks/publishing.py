"""Packages that nobody published: their files in an archive, where a fetched one would be."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from pyarrow import parquet

from benchmarks.matching.published.fetching import Package
from benchmarks.matching.published.records import Record

Files = dict[str, bytes | str]
Publish = Callable[[Package, Files], None]


def pack(package: Package, files: Files, root: Path) -> None:
    """Write a wheel or an npm archive of these files below the folder that packages are fetched into."""
    home = root / "packages" / f"{package.registry}-{package.name.replace('/', '-')}-{package.version}"
    home.mkdir(parents=True)
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    if package.registry == "pip":
        with zipfile.ZipFile(home / "fake.whl", "w") as wheel:
            for path, content in contents.items():
                wheel.writestr(path, content)
        return
    with tarfile.open(home / "fake.tgz", "w:gz") as archive:
        for path, content in contents.items():
            entry = tarfile.TarInfo(f"package/{path}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def names(records: Iterable[Record]) -> dict[str, str]:
    """What each is called, by its key."""
    return {record.key: record.name for record in records}


def columns(records: Iterable[Record]) -> dict[str, dict[str, str]]:
    """What else is said of each, by its key."""
    return {record.key: dict(record.columns) for record in records}


def workbook(rows: Iterable[Sequence[Any]]) -> bytes:
    """An Excel workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def table(**cells: list[str]) -> bytes:
    """A Parquet file of these columns."""
    packed = io.BytesIO()
    parquet.write_table(pa.table(cells), packed)
    return packed.getvalue()
