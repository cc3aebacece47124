"""An urgent page is kept whatever state the tables are in; what a page says in half letters harms nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kit
from kit.cli.main import main
from kit.errors import BadTable
from kit.sources.bulk import keep_all
from kit.sources.capture.index import read_index
from kit.sources.extract.documents import extract
from kit.tables.schema import TABLES


def spoilt(folder: Path, name: str) -> None:
    path = folder / TABLES[name].path
    content = path.read_bytes()
    changes = {
        "events": content.replace(b"confirmed", b"confirmd"),
        "sources": content.replace(b"2021-03-02", b"2021-13-02"),
        "tags": content.replace(b"id,", b"iid,", 1),
        "evidence": b"\xff\xfe\x00" + content,
    }
    assert changes[name] != content
    path.write_bytes(changes[name])


def shell(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--case", str(folder), "keep", *words])


@pytest.mark.parametrize("name", ["events", "sources", "tags", "evidence"])
def test_a_page_is_kept_though_a_table_does_not_load(case_folder: Path, tmp_path: Path, name: str) -> None:
    (page := tmp_path / "urgent.html").write_text("<title>The quay burns</title><p>It burns.")
    spoilt(case_folder, name)
    with pytest.raises(BadTable):
        kit.open(case_folder).table("sources")
    shown = shell(case_folder, str(page))
    assert shown.exit_code == 0, shown.output
    assert "data/manual has it nobody knows" in shown.output
    with_row = shell(case_folder, str(page), "--add", "primary")
    assert with_row.exit_code == 1
    assert isinstance(with_row.exception, SystemExit)
    assert TABLES[name].path in with_row.output
    assert len(read_index(case_folder)) == 1


def test_many_are_kept_and_each_is_told_why_it_has_no_row(case_folder: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.html" for number in range(3)]
    for path in paths:
        path.write_text(f"<title>Page {path.stem}</title>")
    spoilt(case_folder, "events")
    found = keep_all(kit.open(case_folder), map(str, paths), tier="primary")
    assert found["result"].tolist() == ["kept"] * 3
    assert not found["added"].any()
    assert found["reason"].str.contains("is kept, and not in the table").all()
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(map(str, paths)))
    shown = shell(case_folder, "-i", str(listed), "--add", "primary")
    assert "3 had" in shown.output
    assert isinstance(shown.exception, SystemExit)


def test_ids_of_tables_that_do_not_load_are_taken_all_the_same(case_folder: Path) -> None:
    spoilt(case_folder, "events")
    case = kit.open(case_folder)
    told: list[str] = []
    with pytest.raises(BadTable):
        case.keep("Fifty boxes.", how="pasted", source="clerk", tier="primary", say=told.append)
    assert told[0].endswith("is kept, and not in data/manual/sources.csv: the tables do not load")
    assert len(read_index(case_folder)) == 1


HALF = (
    "<script type='application/ld+json'>{%s}</script><script id=d type='application/json'>{%s}</script><p>Hi"
)


@pytest.mark.parametrize("sign", ["\\ud800", "\\udfff", "\\u0000", "\\u000b", "\\ud800\\ud800"])
def test_half_letters_in_a_pages_data_are_left_out(sign: str) -> None:
    body = f"Fifty boxes {sign}were found in the shed. " * 30
    stated = f'"@type": "NewsArticle", "headline": "Quay{sign} burns", "articleBody": "{body}"'
    page = extract((HALF % (stated, f'"a": ["{body}"]')).encode())
    assert page.title.value == "Quay burns"
    assert "Fifty boxes were found" in page.text.value
    repr(page).encode()


def test_whole_letters_stay() -> None:
    page = extract(
        (HALF % ('"@type": "NewsArticle", "headline": "Quay \\ud83d\\udea2 é burns"', '"a": 1')).encode()
    )
    assert page.title.value == "Quay 🚢 é burns"
