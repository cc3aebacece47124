"""The data under a chart: a folded table, and a download that asks nothing of the network."""

from __future__ import annotations

import csv
import html
import io
from urllib.parse import quote

from kit.charts.figure import from_csv
from kit.reporting.document.figures import Picture
from kit.tables.cells import guarded

#: Rows that are printed under a chart; the download has all of them.
SHOWN = 200
#: A column that reaches this is printed with separators; years never do.
_LONG = 10_000


def data_html(picture: Picture, page: str) -> str:
    """The data of the chart, folded; '' for a picture that has none. ``page`` begins the name of the download.

    A cell that a spreadsheet would run is neutralised in the download, and shown as it is on the page.

    >>> chart = Picture("figure-1", "svg", b"<svg/>", alt="A bar", headline="One bar", data='"n"\\n2\\n')
    >>> data_html(chart, "00-start")[:57]
    '<details class="data"><summary>Data (1 row)</summary><p><'
    """
    if not picture.data:
        return ""
    names, rows = from_csv(picture.data)
    many = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    href = "data:text/csv;charset=utf-8," + quote(_download(names, rows), safe=",;:/()!*~'")
    bounded = f"The first {SHOWN} of {many}; the download has all of them. " if len(rows) > SHOWN else ""
    name = html.escape(picture.headline or picture.alt)
    return (
        f'<details class="data"><summary>Data ({many})</summary>'
        f'<p>{bounded}<a download="{page}-{picture.key}.csv" href="{html.escape(href)}">Download as CSV</a></p>'
        f'<div class="scroll" role="group" tabindex="0" aria-label="Data of the chart: {name}">'
        f"{_table(names, rows)}</div></details>"
    )


def _download(names: list[str], rows: list[list[str | float]]) -> str:
    written = io.StringIO()
    # The mark at the start tells spreadsheets that this is UTF-8.
    written.write("\ufeff")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([guarded(name) for name in names])
    writer.writerows(
        [guarded(cell) if isinstance(cell, str) else f"{cell:.15g}" for cell in row] for row in rows
    )
    return written.getvalue()


def _table(names: list[str], rows: list[list[str | float]]) -> str:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    numbers = [[cell for cell in column if isinstance(cell, float)] for column in columns]
    long = [any(abs(number) >= _LONG for number in found) for found in numbers]
    head = "".join(
        f'<th scope="col"{_side(bool(found))}>{html.escape(name.replace("_", " "))}</th>'
        for name, found in zip(names, numbers, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(_cell(cell, grouped) for cell, grouped in zip(row, long, strict=True)) + "</tr>"
        for row in rows[:SHOWN]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: str | float, grouped: bool) -> str:
    if isinstance(cell, str):
        return f"<td><bdi>{html.escape(cell)}</bdi></td>" if cell else "<td></td>"
    return f"<td{_side(True)}>{cell:,.12g}</td>" if grouped else f"<td{_side(True)}>{cell:.12g}</td>"


def _side(number: bool) -> str:
    return ' class="number-cell"' if number else ""
