"""Sources from lists that people keep: addresses one a line, and sheets with columns of their own names."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.sources.lists import bring_in


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    return kit.open(case_folder)


def test_addresses_are_sources_and_other_lines_are_told(case: kit.Case, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "\ufeff# mine\nhttps://post.example/a\n\nno address\njavascript:alert(1)\n", encoding="utf-8"
    )
    added, _, told = bring_in(case, tmp_path / "a.txt", "secondary")
    assert added[["url", "read", "title"]].values.tolist() == [["https://post.example/a", "no", "[untitled]"]]
    assert told["title"].tolist() == ["line 4", "line 5"]


ROWS = [
    ["Titel", "Link", "Autor", "Datum", "Tier", "Farbe"],
    [
        "Der Hafen",
        "https://post.example/h",
        "Anna Schmidt; Jo Groß",
        "12. März 2021",
        "Original reporting",
        "rot",
    ],
    ["", "", "", "", "", ""],
    ["Ohne", "", "", "morgen", "wichtig", ""],
    ["", "", "Nobody", "", "", ""],
]


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "cp1252"])
def test_a_sheet_is_read_by_the_names_that_people_use(case: kit.Case, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"s.{'csv' if ending == 'cp1252' else ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(path)
    else:
        sign = "\t" if ending == "tsv" else ","
        quoted = [[f'"{cell}"' for cell in row] for row in ROWS]
        text = "\r\n".join(sign.join(row) for row in quoted)
        path.write_bytes(text.encode("cp1252" if ending == "cp1252" else "utf-8"))
    added, _, told = bring_in(case, path, "secondary")
    rows = added.set_index("title")
    first = rows.loc["Der Hafen"]
    assert (first["issued"], first["tier"], first["url"]) == (
        "2021-03-12", "original-reporting", "https://post.example/h",
    )  # fmt: skip
    assert first["authors"] in (("Anna Schmidt", "Jo Groß"), "Anna Schmidt; Jo Groß")
    assert (rows.loc["Ohne", "tier"], rows.loc["Ohne", "issued"]) == ("secondary", "not-recorded")
    assert "(date: morgen)" in rows.loc["Ohne", "note"]
    assert len(added) == 2
    assert {"column Farbe", "row 4, tier", "row 5"} <= set(told["title"])


@pytest.mark.parametrize(("name", "raw", "said"), [
    ("a.csv", b"colour,size\nred,1\n", "has no column of titles or addresses"),
    ("a.csv", b"", "has no column of titles or addresses"),
    ("a.csv", b'title\n"never ends', "never ends"),
    ("a.xlsx", b"PK\x03\x04", "a.xlsx"),
    ("a.txt", b"\xff\xfe\xff", "is not UTF-8"),
    ("a.doc", b"x", "is not a format for sources"),
])  # fmt: skip
def test_a_list_that_is_none_is_named_and_nothing_is_written(
    case: kit.Case, tmp_path: Path, name: str, raw: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    before = (case.path / "data/manual/sources.csv").read_bytes()
    with pytest.raises(KitError) as error:
        bring_in(case, tmp_path / name, "secondary")
    assert said in str(error.value)
    assert (case.path / "data/manual/sources.csv").read_bytes() == before


def test_a_case_begins_with_the_sources_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("https://post.example/a\n", encoding="utf-8")

    def new(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["new", str(tmp_path / "c"), "--no-git", *words])
        return done.exit_code, done.output

    code, said = new("--from", str(tmp_path / "a.txt"))
    assert (code, (tmp_path / "c").exists()) == (1, False)
    assert "say which tier" in said
    assert new("--from", str(tmp_path / "b.txt"), "--tier", "secondary")[0] == 1
    assert new("--tier", "secondary")[0] == 1
    code, said = new("--from", str(tmp_path / "a.txt"), "--tier", "secondary")
    assert (code, "1 added" in said) == (0, True)
    case = kit.open(tmp_path / "c")
    assert case.sources["url"].tolist() == ["https://post.example/a"]
    assert set(case.check()["severity"]) <= {"notice"}
