"""The data under a chart: a folded table, and a download that asks nothing of the network."""

from __future__ import annotations

import csv
import html
import io
from typing import TypeAlias
from urllib.parse import quote

from kit.reporting.book.figures import Picture
from kit.tables.cells import guarded
from kit.text.wording import plural

Cell: TypeAlias = str | float | None

#: Rows that are printed under a chart; the download has all of them.
ROWS_SHOWN = 200
#: A column that reaches this is printed with separators; years never do.
_LONG = 10_000


def data_html(picture: Picture, page: str) -> str:
    """The data of the chart, folded; '' for a picture that has none. ``page`` begins the name of the download.

    A cell that a spreadsheet would run is neutralised in the download, and shown as it is on the page.

    >>> chart = Picture("figure-1", "svg", b"<svg/>", alt="A bar", headline="One bar", columns=["n"], rows=[[2]])
    >>> data_html(chart, "00-start")[:57]
    '<details class="data"><summary>Data (1 row)</summary><p><'
    """
    if not picture.columns:
        return ""
    names, rows = picture.columns, picture.rows
    many = plural(len(rows), "row")
    href = "data:text/csv;charset=utf-8," + quote(_download(names, rows), safe=",;:/()!*~'")
    bounded = (
        f"The first {ROWS_SHOWN} of {many}; the download has all of them. " if len(rows) > ROWS_SHOWN else ""
    )
    name = html.escape(picture.headline or picture.alt)
    return (
        f'<details class="data"><summary>Data ({many})</summary>'
        f'<p>{bounded}<a download="{page}-{picture.key}.csv" href="{html.escape(href)}">Download as CSV</a></p>'
        f'<div class="scroll" role="group" tabindex="0" aria-label="Data of the chart: {name}">'
        f"{_table(names, rows)}</div></details>"
    )


def _download(names: list[str], rows: list[list[Cell]]) -> str:
    written = io.StringIO()
    # The mark at the start tells spreadsheets that this is UTF-8.
    written.write("\ufeff")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([guarded(name) for name in names])
    writer.writerows(
        [guarded(cell) if isinstance(cell, str) else _number(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def _number(cell: float | None) -> str:
    return "" if cell is None else f"{cell:.15g}"


def _table(names: list[str], rows: list[list[Cell]]) -> str:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    numbers = [[cell for cell in column if isinstance(cell, int | float)] for column in columns]
    long = [any(abs(number) >= _LONG for number in found) for found in numbers]
    head = "".join(
        f'<th scope="col"{_side(bool(found))}>{html.escape(name.replace("_", " "))}</th>'
        for name, found in zip(names, numbers, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(_cell(cell, grouped) for cell, grouped in zip(row, long, strict=True)) + "</tr>"
        for row in rows[:ROWS_SHOWN]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell, grouped: bool) -> str:
    if cell is None or cell == "":
        return "<td></td>"
    if isinstance(cell, str):
        return f"<td><bdi>{html.escape(cell)}</bdi></td>"
    return f"<td{_side(True)}>{cell:,.12g}</td>" if grouped else f"<td{_side(True)}>{cell:.12g}</td>"


def _side(number: bool) -> str:
    return ' class="number-cell"' if number else ""
