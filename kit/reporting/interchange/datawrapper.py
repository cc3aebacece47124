"""The published facts as tables that Datawrapper draws charts and tables of: names for ids, links in Markdown."""

from __future__ import annotations

import csv
import io
import re

from kit.case import Case
from kit.reporting.book.publication import Publication
from kit.reporting.interchange.proofs import SourceLink, fact_sources, published_rows
from kit.tables.cells import split_list
from kit.tables.columns import Column
from kit.tables.declarations import fact_tables


def chart_tables(case: Case, chosen: Publication) -> dict[str, str]:
    """A CSV file a table of facts, and one of the places that have degrees, for a map with pins."""
    behind, names = fact_sources(chosen), _names(chosen)
    made = {}
    for table in fact_tables(case.schema):
        found = published_rows(chosen, table)
        if found:
            columns = [column for column in chosen.tables[table].columns if column.name != "id"]
            head = [*(column.name for column in columns), "sources"]
            lines = [
                [
                    *(_cell(row[column.name], column, names) for column in columns),
                    "; ".join(map(_linked, behind.get(row["id"], []))),
                ]
                for row in found
            ]
            made[f"{table}.csv"] = _csv(head, lines)
    places = [row for row in published_rows(chosen, "places") if row.get("latitude") and row.get("longitude")]
    if places:
        head = ["name", "latitude", "longitude"]
        made["places.csv"] = _csv(head, [[row[name] for name in head] for row in places])
    return made


def _names(chosen: Publication) -> dict[str, str]:
    called = {"sources": "title", "actors": "name", "places": "name", "tags": "label"}
    return {
        row["id"]: row.get(column) or row["id"]
        for table, column in called.items()
        for row in published_rows(chosen, table)
    }


def _cell(cell: str, column: Column, names: dict[str, str]) -> str:
    """The cell with names for ids; what is missing is blank, as it is in a chart."""
    if column.kind == "number" and not re.fullmatch(r"-?[\d.]+(?:e[+-]?\d+)?", cell):
        return ""
    if not column.refers:
        return cell
    found = split_list(cell) if column.many else (cell,)
    return ", ".join(names.get(each, each) for each in found)


def _linked(proof: SourceLink) -> str:
    name = re.sub(r"([\[\]\\])", r"\\\1", proof.name)
    return f"[{name}]({re.sub(r'[()]', _percent, proof.url)})" if proof.url else name


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):X}"


def _csv(head: list[str], lines: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return out.getvalue()
