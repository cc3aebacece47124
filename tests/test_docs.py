"""What is generated is fresh, and what the docs say runs."""

from __future__ import annotations

import kit
from kit.tables.describe import stale
from kit.tables.schema import TABLES


def test_generated_descriptions_are_fresh(project):
    assert stale(project, kit.open(project).title) == [], "run: kit docs"


def test_a_stale_description_is_named(case_folder):
    assert stale(case_folder, "T") == ["data/README.md", "data/datapackage.json"]


def test_every_table_and_column_is_explained():
    for table in TABLES.values():
        assert table.about
        assert all(column.about for column in table.columns)
