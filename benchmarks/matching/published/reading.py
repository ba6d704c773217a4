"""Values out of modules of Python and workbooks of Excel, without running anything of theirs."""

from __future__ import annotations

import ast
import io
from functools import cache
from typing import Any


def literal(source: str) -> Any:
    """The value that a module of data assigns or, having but a function, returns first."""
    found = (line.value for line in ast.walk(ast.parse(source)) if isinstance(line, (ast.Assign, ast.Return)))
    return ast.literal_eval(next(one for one in found if one))


@cache
def first_sheet(workbook: bytes) -> tuple[dict[str, str], ...]:
    """The rows of the first sheet of an Excel workbook, by the headings of its first row."""
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(workbook), read_only=True).worksheets[0]
    headings, *rows = sheet.iter_rows(values_only=True)
    return tuple(
        {str(heading): "" if cell is None else str(cell).strip() for heading, cell in zip(headings, row, strict=False)}
        for row in rows
    )
