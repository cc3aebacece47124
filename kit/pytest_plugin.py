"""``pytest --evidence``: each fact of the case is a test, which fails where something that it rests on does not hold.

Without the flag nothing happens, and nothing of the kit is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import pandas as pd


_SETTINGS = Path("data") / "case.toml"
#: The test of the findings that concern no fact: of a page of prose, a table, a capture.
REST = "everything-else"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Nothing; pytest knows the flag."""
    parser.getgroup("casebook").addoption(
        "--evidence", action="store_true", help="test the facts of the case around here: a test a fact"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Nothing; the case's settings, in which the facts' tests stand, are collected, unless the arguments name them already."""
    if not config.getoption("evidence"):
        return
    folders = [config.invocation_params.dir, *config.invocation_params.dir.parents]
    settings = next((folder / _SETTINGS for folder in folders if (folder / _SETTINGS).is_file()), None)
    if settings is None:
        raise pytest.UsageError(f"--evidence: no {_SETTINGS.as_posix()} here or above; open a case folder")
    if not any(Path(arg.partition("::")[0]).name == _SETTINGS.name for arg in config.args):
        config.args.append(str(settings))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The facts' tests, for the settings of a case."""
    if parent.config.getoption("evidence") and file_path.parts[-2:] == _SETTINGS.parts:
        return _Case.from_parent(parent, path=file_path)
    return None


class _Case(pytest.File):
    """A case: a group of tests a table of facts, and one test for all else."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The tests; tables that do not load are an error in collection, told as the tables tell it."""
        from kit.case import open_case
        from kit.errors import KitError
        from kit.evidence.checks.gate import check
        from kit.tables.declarations import fact_tables

        try:
            case = open_case(self.path.parent.parent)
            facts = {
                name: list(table["id"]) for name in fact_tables(case.schema) if len(table := case.table(name))
            }
        except KitError as error:
            raise self.CollectError(str(error)) from None
        found = check(case)
        for name, ids in facts.items():
            yield _Table.from_parent(self, name=name, ids=ids, found=found)
        named = {id for ids in facts.values() for id in ids}
        yield _Fact.from_parent(self, name=REST, rows=found[~found["record"].isin(named)])


class _Table(pytest.Collector):
    """The facts of one table."""

    def __init__(self, *, ids: list[str], found: pd.DataFrame, **given: Any) -> None:
        super().__init__(**given)
        self.ids, self.found = ids, found

    def collect(self) -> Iterator[pytest.Item]:
        """A test a fact, by its id."""
        rows = dict(iter(self.found.groupby("record")))
        for id in self.ids:
            yield _Fact.from_parent(self, name=id, rows=rows.get(id))


class _Fact(pytest.Item):
    """One fact: it fails on open errors, and tells its warnings where it fails or when asked (``-rP``)."""

    def __init__(self, *, rows: pd.DataFrame | None, **given: Any) -> None:
        super().__init__(**given)
        self.rows = rows

    def runtest(self) -> None:
        """Nothing where the fact holds."""
        if self.rows is None:
            return
        fails = self.rows["severity"].eq("error") & self.rows["waived"].eq("")
        if told := _lines(self.rows[~fails]):
            self.add_report_section("call", "evidence", told)
        if fails.any():
            raise _Unproved(_lines(self.rows[fails]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings, without a traceback."""
        if isinstance(excinfo.value, _Unproved):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the fact is, as pytest prints it."""
        return self.path, None, self.name


class _Unproved(Exception):
    """What a fact rests on does not hold."""


def _lines(rows: pd.DataFrame) -> str:
    return "\n".join(
        f"{row.severity} {row.rule}: {row.place}: {row.found}; {row.remedy}"
        + (f" [waived: {row.waived}]" if row.waived else "")
        for row in rows.itertuples()
    )
