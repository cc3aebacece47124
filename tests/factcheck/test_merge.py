"""What a checker did to a packet comes back, whichever way it was done, and nothing is overwritten silently."""

from __future__ import annotations

import datetime
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree
from openpyxl import load_workbook
from pypandoc import get_pandoc_path
from support.packets import (
    PROSE,
    W,
    commented,
    comments,
    edited,
    fill,
    paragraph,
    printed,
    repacked,
    sent,
    tracked,
    without_controls,
)

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.factcheck.merge import import_packet
from kit.factcheck.writers.xlsx import packet_xlsx
from kit.tables.cells import guarded
from kit.tables.schema import TABLES
from kit.tables.write import table_bytes


def signed(root: etree._Element) -> None:
    """Name the checker and the day once, on the cover."""
    fill(root, "Whole packet", by="Ann Roe", on="2021-07-02")


def rows(folder: Path) -> dict[str, tuple[str, str, str, str]]:
    """Status, checker, day and comment of each row of the table."""
    checks = kit.open(folder).checks
    return {row.statement: (row.status, row.by, row.on, row.comment) for row in checks.itertuples()}


def take(folder: Path, path: Path) -> Any:
    return import_packet(kit.open(folder), path)


def test_statuses_come_back_by_statement(case_folder: Path) -> None:
    def check(root):
        signed(root)
        fill(root, "s-0001", "checked")
        fill(root, "s-0003", "needs work", by="Ben Doe", on="3 July 2021")

    path = edited(sent(case_folder), check)
    outcome = take(case_folder, path)
    assert rows(case_folder) == {
        "s-0001": ("checked", "Ann Roe", "2021-07-02", ""),
        "s-0003": ("needs-work", "Ben Doe", "2021-07-03", ""),
    }
    assert outcome.clean
    assert "s-0001: checked (Ann Roe, 2021-07-02)" in str(outcome)
    before = (case_folder / TABLES["checks"].path).read_bytes()
    assert "nothing new in it" in str(take(case_folder, path))
    assert (case_folder / TABLES["checks"].path).read_bytes() == before


def test_marks_come_back_where_controls_and_tags_are_gone(case_folder: Path) -> None:
    def check(root):
        signed(root)
        fill(root, "s-0002", "wrong")
        without_controls(root)

    take(case_folder, edited(sent(case_folder), check))
    assert rows(case_folder) == {"s-0002": ("wrong", "Ann Roe", "2021-07-02", "")}


def test_a_mark_comes_back_by_its_tag_where_the_visible_id_was_deleted(case_folder: Path) -> None:
    def check(root):
        signed(root)
        fill(root, "s-0002", "wrong")
        line = paragraph(root, "s-0002", "Mark")
        line.remove(line.find(f"{W}r"))

    take(case_folder, edited(sent(case_folder), check))
    assert rows(case_folder)["s-0002"][0] == "wrong"


def test_moved_text_and_tracked_changes_are_read_as_accepted(case_folder: Path) -> None:
    def check(root):
        signed(root)
        fill(root, "s-0004", "wrong")
        body = root.find(f"{W}body")
        for style in ("Statement", "Mark"):
            body.insert(1, paragraph(root, "s-0004", style))
        sentence = paragraph(root, "s-0002", "Statement")
        words = sentence.findall(f"{W}r")[-1]
        added = etree.fromstring(etree.tostring(words))
        next(words.iter(f"{W}t")).text = "They carried 38 boxes "
        gone = etree.fromstring(etree.tostring(words))
        next(gone.iter(f"{W}t")).text = "away."
        next(added.iter(f"{W}t")).text = "to the quay."
        words.addnext(gone)
        gone.addnext(added)
        tracked(gone, "del")
        tracked(added, "ins")

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert rows(case_folder)["s-0004"][0] == "wrong"
    assert outcome.reworded == ["s-0002: “away.” became “to the quay.”"]
    kept = kit.open(case_folder).remarks.iloc[0]
    assert (kept["kind"], kept["statement"]) == ("rewording", "s-0002")
    assert kept["words"] == "They carried 38 boxes to the quay."


def test_a_proposed_wording_that_is_adopted_is_checked(case_folder: Path) -> None:
    def check(root):
        signed(root)
        fill(root, "s-0004", "checked")
        next(
            paragraph(root, "s-0004", "Statement").findall(f"{W}r")[-1].iter(f"{W}t")
        ).text = "Its director Ann Roe was told in early May 2021."

    take(case_folder, edited(sent(case_folder), check))
    assert printed(case_folder).entries[3].standing.status == "unchecked"
    adopted = printed(case_folder, prose=PROSE.replace("in May", "in early May")).entries[3]
    assert (adopted.id, adopted.standing.status) == ("s-0004", "checked")


def test_a_line_moved_with_changes_tracked_is_read_once_and_where_it_went(case_folder: Path) -> None:
    def check(root):
        signed(root)
        line = paragraph(root, "s-0003", "Mark")
        copy = etree.fromstring(etree.tostring(line))
        fill(root, "s-0003", "checked")
        root.find(f"{W}body").insert(2, copy)
        for run in list(copy.iter(f"{W}r")):
            tracked(run, "moveFrom")

    take(case_folder, edited(sent(case_folder), check))
    assert rows(case_folder) == {"s-0003": ("checked", "Ann Roe", "2021-07-02", "")}


def test_comments_belong_to_the_statement_they_stand_under(case_folder: Path) -> None:
    def check(root):
        commented(root, 0, "s-0001")
        commented(root, 1, "Supports.", "Evidence")
        commented(root, 2, "s-0004")
        commented(root, 3, "Fact-check packet", "Title")

    said = comments("Which Monday?", "=cmd|' /C calc'!A0", "Told by whom?", "A clear packet.")
    path = edited(sent(case_folder), check, **{"word/comments.xml": said})
    outcome = take(case_folder, path)
    found = rows(case_folder)
    assert found["s-0001"][:3] == ("unchecked", "Ann Roe", "2021-07-02")
    assert (
        found["s-0001"][3] == "Which Monday? (Ann Roe, 2021-07-02) / =cmd|' /C calc'!A0 (Ann Roe, 2021-07-02)"
    )
    assert found["s-0004"][3] == "Told by whom? (Ann Roe, 2021-07-02)"
    assert outcome.remarks == [
        "the packet was remarked on (a comment): A clear packet. (Ann Roe, 2021-07-02)"
    ]
    assert printed(case_folder).entries[3].standing.comment == "Told by whom? (Ann Roe, 2021-07-02)"
    assert "nothing new" not in str(outcome)
    assert not take(case_folder, path).marked


def test_outside_text_is_guarded_in_the_table(case_folder: Path) -> None:
    def check(root):
        fill(root, "s-0001", "wrong", by="=1+1", on="2021-07-02")
        commented(root, 0, "s-0001")

    formula = "=HYPERLINK(0)"
    path = edited(sent(case_folder), check, **{"word/comments.xml": comments(formula, author="", on="")})
    take(case_folder, path)
    raw = (case_folder / TABLES["checks"].path).read_text()
    assert guarded("=1+1") in raw
    assert guarded(formula) in raw
    assert printed(case_folder).entries[0].standing.by == "=1+1"
    assert not take(case_folder, path).marked


def mark(status: str, by: str = "Ann Roe", on: str = "2021-07-02", statement: str = "s-0001"):
    def check(root):
        fill(root, statement, status, by=by, on=on)

    return check


def test_two_packets_that_say_different_things_are_a_conflict(case_folder: Path) -> None:
    path = sent(case_folder)
    take(case_folder, edited(path, mark("checked")))
    before = (case_folder / TABLES["checks"].path).read_bytes()
    outcome = take(case_folder, edited(path, mark("wrong", "Ben Doe", "2021-07-03")))
    assert outcome.conflicts == [
        "s-0001: the packet has wrong (Ben Doe, 2021-07-03), the table checked (Ann Roe, 2021-07-02); the table stands"
    ]
    assert not outcome.clean
    assert not outcome.marked
    assert (case_folder / TABLES["checks"].path).read_bytes() == before


def test_comments_of_two_checkers_stand_side_by_side_and_none_is_lost_in_a_conflict(
    case_folder: Path,
) -> None:
    path = sent(case_folder)

    def second(root):
        fill(root, "s-0002", "wrong", by="Ben Doe", on="2021-07-03")
        commented(root, 0, "s-0001")
        commented(root, 1, "s-0002")

    def first(root):
        mark("checked")(root)
        mark("checked", statement="s-0002")(root)
        commented(root, 0, "s-0001")

    take(case_folder, edited(path, first, **{"word/comments.xml": comments("Which Monday?")}))
    said = comments("A bank holiday?", "Forty, says the court.", author="Ben Doe")
    back = edited(path, second, **{"word/comments.xml": said})
    outcome = take(case_folder, back)
    assert rows(case_folder)["s-0001"] == (
        "checked", "Ann Roe", "2021-07-02",
        "Which Monday? (Ann Roe, 2021-07-02) / A bank holiday? (Ben Doe, 2021-07-02)",
    )  # fmt: skip
    assert rows(case_folder)["s-0002"][:2] == ("checked", "Ann Roe")
    assert len(outcome.conflicts) == 1
    assert "Forty, says the court." in outcome.conflicts[0]
    assert not take(case_folder, back).marked


def test_a_mark_that_was_seen_may_be_changed_and_an_untouched_old_one_undoes_nothing(
    case_folder: Path,
) -> None:
    old = sent(case_folder)
    untouched = repacked(old, {}, "untouched.docx")
    take(case_folder, edited(old, mark("checked")))
    assert "nothing new" in str(take(case_folder, untouched))
    assert rows(case_folder)["s-0001"][0] == "checked"
    outcome = take(case_folder, edited(sent(case_folder), mark("wrong", "Ben Doe", "2021-07-04")))
    assert outcome.marked == ["s-0001: wrong (Ben Doe, 2021-07-04), was checked (Ann Roe, 2021-07-02)"]
    assert rows(case_folder)["s-0001"][:3] == ("wrong", "Ben Doe", "2021-07-04")


def test_a_changed_status_is_not_signed_with_the_name_of_the_one_before(case_folder: Path) -> None:
    take(case_folder, edited(sent(case_folder), mark("checked")))
    outcome = take(case_folder, edited(sent(case_folder), mark("wrong", "", "")))
    assert outcome.questions[0].startswith("s-0001: wrong (nobody): is wrong by nobody")
    assert rows(case_folder)["s-0001"][0] == "checked"


def test_a_mark_on_a_sentence_that_has_changed_since_is_told(case_folder: Path) -> None:
    path = edited(sent(case_folder), mark("checked", statement="s-0004"))
    printed(case_folder, prose=PROSE.replace("in May 2021", "in June 2021"))
    outcome = take(case_folder, path)
    assert outcome.stale == ["s-0004: “May” became “June”"]
    entry = printed(case_folder, prose=PROSE.replace("in May 2021", "in June 2021")).entries[3]
    assert (entry.standing.status, entry.standing.changed) == ("unchecked", "“May” became “June”")


def test_an_older_packet_does_not_undo_a_mark_on_the_newer_wording(case_folder: Path) -> None:
    old = edited(sent(case_folder), mark("wrong", statement="s-0004"))
    old = repacked(old, {}, "old.docx")
    prose = PROSE.replace("in May 2021", "in June 2021")
    take(
        case_folder,
        edited(sent(case_folder, prose=prose), mark("checked", statement="s-0004", on="2021-07-05")),
    )
    outcome = take(case_folder, old)
    assert outcome.older == ["s-0004: wrong (Ann Roe, 2021-07-02), and later checked (Ann Roe, 2021-07-05)"]
    assert rows(case_folder)["s-0004"][:3] == ("checked", "Ann Roe", "2021-07-05")


def test_two_who_agree_both_stand_and_a_later_word_corrects_an_earlier_one(case_folder: Path) -> None:
    path = sent(case_folder)
    for number, (status, by, on) in enumerate(
        [
            ("wrong", "Ann Roe", "2021-07-02"),
            ("wrong", "Ben Doe", "2021-07-03"),
            ("checked", "ann roe", "2021-07-04"),
        ]
    ):
        back = repacked(edited(path, mark(status, by, on)), {}, f"back-{number}.docx")
        outcome = take(case_folder, back)
        assert outcome.clean
    assert outcome.marked[0].startswith(
        "s-0001: checked (ann roe, 2021-07-04), was wrong (Ann Roe, 2021-07-02)"
    )
    assert rows(case_folder)["s-0001"] == (
        "checked",
        "ann roe",
        "2021-07-04",
        "wrong too (Ben Doe, 2021-07-03)",
    )
    before = (case_folder / TABLES["checks"].path).read_bytes()
    for number in range(3):
        take(case_folder, path.with_name(f"back-{number}.docx"))
    assert (case_folder / TABLES["checks"].path).read_bytes() == before


def reword(root: etree._Element, statement: str, words: str) -> None:
    next(paragraph(root, statement, "Statement").findall(f"{W}r")[-1].iter(f"{W}t")).text = words


def test_a_rewording_is_told_beside_a_conflict_by_a_second_checker_and_again(case_folder: Path) -> None:
    path = sent(case_folder)
    take(case_folder, edited(path, mark("checked")))

    def second(root):
        mark("wrong", "Ben Doe", "2021-07-03")(root)
        reword(root, "s-0001", "Police searched the Harbour Office in March 2021.")

    back = edited(path, second)
    for _ in range(2):
        outcome = take(case_folder, back)
        assert (len(outcome.conflicts), outcome.reworded) == (1, ["s-0001: “on 1” became “in”"])
    entry = printed(case_folder).entries[0]
    assert any(
        "was reworded to: Police searched the Harbour Office in March 2021." in line for line in entry.open
    )
    path = case_folder / TABLES["remarks"].path
    settled = kit.open(case_folder).remarks.reset_index().assign(settled="2026-12-02")
    path.write_bytes(table_bytes(settled[TABLES["remarks"].names], TABLES["remarks"]))
    assert take(case_folder, back).clean
    assert printed(case_folder).entries[0].open == ()


def split(root: etree._Element, statement: str, at: int) -> None:
    """Press Enter inside a sentence."""
    sentence = paragraph(root, statement, "Statement")
    words = sentence.findall(f"{W}r")[-1]
    second = etree.fromstring(etree.tostring(words))
    text = next(words.iter(f"{W}t")).text
    next(words.iter(f"{W}t")).text, next(second.iter(f"{W}t")).text = text[:at], text[at:]
    below = etree.Element(f"{W}p")
    below.append(second)
    sentence.addnext(below)


@pytest.mark.parametrize("at", [5, 18, 30])
def test_a_sentence_split_with_enter_is_whole(case_folder: Path, at: int) -> None:
    def check(root):
        mark("checked", statement="s-0002")(root)
        split(root, "s-0002", at)

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert (outcome.clean, outcome.marked) == (True, ["s-0002: checked (Ann Roe, 2021-07-02)"])
    assert kit.open(case_folder).checks.loc[0, "wording"] == "They carried 38 boxes away."


def joined(first: etree._Element, second: etree._Element) -> None:
    """Take out the paragraph's end between the two."""
    first.extend([node for node in second if node.tag != f"{W}pPr"])
    second.getparent().remove(second)


def test_lines_joined_to_others_are_the_same_lines(case_folder: Path) -> None:
    def check(root):
        mark("wrong", statement="s-0002")(root)
        line = paragraph(root, "s-0002", "Mark")
        joined(line, line.getnext())
        sentence = paragraph(root, "s-0003", "Statement")
        joined(sentence, sentence.getnext())
        sentence = paragraph(root, "s-0004", "Statement")
        joined(sentence.getprevious(), sentence)

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert rows(case_folder)["s-0002"][0] == "wrong"
    assert outcome.lost == outcome.reworded == outcome.conflicts == []


@pytest.mark.parametrize("how", ["tracked", "font", "double", "deleted"])
def test_a_sentence_struck_out_with_its_id_left_is_told(case_folder: Path, how: str) -> None:
    def check(root):
        words = paragraph(root, "s-0003", "Statement").findall(f"{W}r")[-1]
        if how == "tracked":
            tracked(words, "del")
        elif how == "deleted":
            words.getparent().remove(words)
        else:
            words.insert(0, etree.Element(f"{W}rPr"))
            etree.SubElement(words[0], f"{W}{'strike' if how == 'font' else 'dstrike'}")

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert (outcome.reworded, outcome.clean) == (["s-0003: struck out"], False)
    assert "s-0003 was struck out: The office paid a fine" in "".join(printed(case_folder).entries[2].open)
    prose = PROSE.replace("The office paid a fine in June 2021 [@2021-06-fine-paid]. ", "")
    assert not any(entry.open for entry in printed(case_folder, prose=prose).entries)


def test_lost_and_unknown_ids_and_struck_sentences_are_told(case_folder: Path) -> None:
    def check(root):
        signed(root)
        fill(root, "s-0002", "wrong")
        for style in ("Statement", "Mark"):
            node = paragraph(root, "s-0001", style)
            node.getparent().remove(node)
        struck = paragraph(root, "s-0002", "Statement")
        struck.getparent().remove(struck)
        copy = etree.fromstring(
            etree.tostring(paragraph(root, "s-0003", "Mark")).replace(b"s-0003", b"s-0999")
        )
        root.find(f"{W}body").insert(3, copy)

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert outcome.lost == ["s-0001: Police searched the Harbour Office on 1 March 2021."]
    assert outcome.unknown == ["s-0999: not in data/processed/statements.csv"]
    assert outcome.reworded == ["s-0002: struck out"]
    assert not outcome.clean
    assert rows(case_folder) == {"s-0002": ("wrong", "Ann Roe", "2021-07-02", "")}


def test_a_line_that_stands_twice_and_disagrees_is_a_conflict(case_folder: Path) -> None:
    def check(root):
        signed(root)
        copy = etree.fromstring(etree.tostring(paragraph(root, "s-0001", "Mark")))
        fill(root, "s-0001", "checked")
        root.find(f"{W}body").insert(4, copy)

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert outcome.conflicts == [
        "s-0001: stands twice in the file, as unchecked (nobody) and checked (nobody)"
    ]
    assert rows(case_folder) == {}


def test_a_sentence_that_stands_twice_in_other_words_is_a_conflict(case_folder: Path) -> None:
    def check(root):
        fill(root, "s-0004", "wrong", by="Ann Roe", on="2021-07-02")
        sentence = paragraph(root, "s-0004", "Statement")
        copy = etree.fromstring(etree.tostring(sentence).replace(b"in May 2021", b"in June 2021"))
        sentence.addnext(copy)

    outcome = take(case_folder, edited(sent(case_folder), check))
    assert [line.partition(", as ")[0] for line in outcome.conflicts] == [
        "s-0004: its sentence stands twice in the file"
    ]
    assert rows(case_folder) == {}


def test_what_was_written_beside_a_conflict_or_an_unknown_id_is_told_whole(case_folder: Path) -> None:
    long = "The harbour master says that he was not asked. " * 20

    def check(root):
        signed(root)
        copy = etree.fromstring(etree.tostring(paragraph(root, "s-0001", "Mark")))
        fill(root, "s-0001", "checked")
        root.find(f"{W}body").insert(4, copy)
        strange = etree.tostring(paragraph(root, "s-0003", "Mark")).replace(b"s-0003", b"s-0999")
        root.find(f"{W}body").insert(4, etree.fromstring(strange))
        fill(root, "s-0999", "wrong", by="Ann Roe", on="2021-07-02")
        commented(root, 0, "s-0001")
        commented(root, 1, "s-0999", "Mark")

    back = edited(sent(case_folder), check, **{"word/comments.xml": comments(long, "Whose line is this?")})
    outcome = take(case_folder, back)
    assert outcome.conflicts[0].endswith(f"; remark: {long.strip()} (Ann Roe, 2021-07-02)")
    assert outcome.unknown == [
        "s-0999: not in data/processed/statements.csv; wrong (Ann Roe, 2021-07-02); "
        "remark: Whose line is this? (Ann Roe, 2021-07-02)"
    ]


@pytest.mark.parametrize("length", [32_000, 32_001, 70_000])
def test_a_comment_is_kept_whole_whatever_its_length(case_folder: Path, length: int) -> None:
    signature = " (Ann Roe, 2021-07-02)"
    text = "x" * (length - len(signature))

    def check(root):
        mark("checked")(root)
        commented(root, 0, "s-0001")

    back = edited(sent(case_folder), check, **{"word/comments.xml": comments(text)})
    take(case_folder, back)
    kept = kit.open(case_folder).remarks["words"].tolist()
    held = rows(case_folder)["s-0001"][3]
    assert max(map(len, [held, *kept])) <= 32_000
    assert len(held) + sum(map(len, kept)) == length
    before = [(case_folder / TABLES[name].path) for name in ("checks", "remarks")]
    before = {path: path.read_bytes() for path in before if path.exists()}
    take(case_folder, back)
    assert {path: path.read_bytes() for path in before} == before


def through_pandoc(path: Path) -> Path:
    """The file as a program saves it that keeps text and comments, and neither controls, nor data, nor bookmarks."""
    back = path.with_name("from-another-program.docx")
    words = [
        get_pandoc_path(),
        "--from=docx",
        "--to=docx",
        "--track-changes=all",
        f"--output={back}",
        str(path),
    ]
    subprocess.run(words, check=True, timeout=60)
    with zipfile.ZipFile(back) as parts:
        assert not [name for name in parts.namelist() if "customXml" in name]
        assert b"w:sdt>" not in parts.read("word/document.xml")
    return back


def checked_elsewhere(folder: Path) -> tuple[Path, Path]:
    """The packet as it was sent out, and as it came back from another program."""

    def check(root):
        signed(root)
        fill(root, "s-0002", "wrong")
        fill(root, "s-0003", "checked", by="name Ben Doe", on="yyyy-mm-dd 3 July 2021")
        commented(root, 0, "s-0001")

    path = sent(folder)
    out = repacked(path, {}, "sent.docx")
    said = comments("Which Monday?")
    return out, through_pandoc(edited(path, check, **{"word/comments.xml": said}))


def test_a_file_whose_data_a_program_threw_away_is_read_by_the_packet_that_it_names(
    case_folder: Path,
) -> None:
    out, back = checked_elsewhere(case_folder)
    with pytest.raises(KitError) as refused:
        take(case_folder, back)
    assert "whose data the program that saved it has thrown away; give the .docx that was sent" in str(
        refused.value
    )
    printed_here = case_folder / "reports/public/fact-check.docx"
    printed_here.parent.mkdir(parents=True)
    shutil.copy(out, printed_here)
    outcome = take(case_folder, back)
    assert rows(case_folder) == {
        "s-0001": ("unchecked", "Ann Roe", "2021-07-02", "Which Monday? (Ann Roe, 2021-07-02)"),
        "s-0002": ("wrong", "Ann Roe", "2021-07-02", ""),
        "s-0003": ("checked", "Ben Doe", "2021-07-03", ""),
    }
    assert outcome.clean
    assert outcome.reworded == outcome.stale == []
    assert printed(case_folder).entries[1].standing.status == "wrong"


def test_the_packet_that_was_sent_out_can_be_given_and_has_to_be_that_one(case_folder: Path) -> None:
    out, back = checked_elsewhere(case_folder)
    newer = sent(case_folder, prose=PROSE.replace("in May 2021", "in June 2021"))

    def run(*options: str):
        return CliRunner().invoke(main, ["--case", str(case_folder), "check", *options])

    told = run("--import", str(back), "--sent", str(newer))
    assert told.exit_code == 1
    assert "came back; give the one that was sent out" in told.output
    told = run("--import", str(back), "--sent", str(case_folder / "data/case.toml"))
    assert "is no Word document" in told.output
    assert not (case_folder / TABLES["checks"].path).exists()
    told = run("--import", str(back), "--sent", str(out))
    assert (told.exit_code, "3 written to data/manual/checks.csv:" in told.output) == (0, True)
    assert "--sent goes with --import" in run("--sent", str(out)).output


def test_all_that_cannot_be_understood_is_told_at_once_and_the_rest_is_written(case_folder: Path) -> None:
    def check(root):
        fill(root, "s-0001", "chekced", by="Ann Roe", on="2021-07-02")
        fill(root, "s-0002", "checked")
        fill(root, "s-0003", "checked", by="Ann Roe", on="last week")
        fill(root, "s-0004", "checked", by="Ann Roe")
        fill(root, "s-0005", "checked", by="Ann Roe", on="2021-07-02")

    told = "\n".join(take(case_folder, edited(sent(case_folder), check)).questions)
    assert "s-0001: chekced (Ann Roe, 2021-07-02): status 'chekced' is none; did you mean 'checked'?" in told
    assert "s-0002: checked (nobody): is checked by nobody; write a name beside it" in told
    assert "s-0003: checked (Ann Roe, last week): last week is no day" in told
    assert "s-0004: checked (Ann Roe): is checked on no day" in told
    assert rows(case_folder) == {"s-0005": ("checked", "Ann Roe", "2021-07-02", "")}
    assert len(kit.open(case_folder).remarks) == 4


def test_the_day_the_file_was_saved_stands_in_for_one_that_was_not_given(case_folder: Path) -> None:
    path = edited(sent(case_folder), mark("checked", on=""))
    path = repacked(
        path, {"docProps/core.xml": lambda raw: raw.replace(b"1980-01-01", b"2021-07-08")}, "saved.docx"
    )
    take(case_folder, path)
    assert rows(case_folder)["s-0001"][:3] == ("checked", "Ann Roe", "2021-07-08")


def filled_sheet(folder: Path, cells: dict[str, Any]) -> Path:
    """The packet as a spreadsheet, with these cells filled in and saved again by another program."""
    book = load_workbook(io.BytesIO(packet_xlsx(printed(folder))))
    for place, value in cells.items():
        book["Statements"][place] = value
    path = folder.parent / "fact-check.xlsx"
    book.save(path)
    return path


def test_a_spreadsheet_comes_back_too(case_folder: Path) -> None:
    path = filled_sheet(case_folder, {
        "C5": "checked", "D5": "Ann Roe", "E5": datetime.datetime(2021, 7, 2),
        "C6": "Needs work", "D6": "Ann Roe", "E6": "2021-07-02", "F6": "Whose count?",
        "C7": "wrong", "D7": "Ann Roe", "E7": 44379,
    })  # fmt: skip
    take(case_folder, path)
    assert rows(case_folder) == {
        "s-0001": ("checked", "Ann Roe", "2021-07-02", ""),
        "s-0002": ("needs-work", "Ann Roe", "2021-07-02", "Whose count?"),
        "s-0003": ("wrong", "Ann Roe", "2021-07-02", ""),
    }
    again = filled_sheet(case_folder, {"F6": "The paper's count, says Roe."})
    take(case_folder, again)
    assert rows(case_folder)["s-0002"][3] == "The paper's count, says Roe."


def settings(folder: Path, was: str, now: str) -> None:
    path = folder / "data/case.toml"
    path.write_text(path.read_text().replace(was, now))


def test_a_case_is_known_by_its_id_and_not_by_its_title(case_folder: Path) -> None:
    title = 'title = "The harbour raid"'
    settings(case_folder, title, f'id = "harbour-1"\n{title}')
    path = edited(sent(case_folder), mark("checked"))
    settings(case_folder, title, 'title = "How the harbour was searched"')
    assert take(case_folder, path).clean
    settings(case_folder, "harbour-1", "harbour-2")
    with pytest.raises(KitError, match="is a packet of the case 'The harbour raid', not of 'How the"):
        take(case_folder, path)


def test_a_case_without_an_id_is_known_by_its_title_or_its_sentences(case_folder: Path) -> None:
    path = edited(sent(case_folder), mark("checked"))
    settings(case_folder, "The harbour raid", "The quay strike")
    assert take(case_folder, path).clean
    (case_folder / "data/processed/statements.csv").unlink()
    printed(case_folder, prose="# A strike\n\nThe crane crews struck on 3 May 2021 [@2021-06-fine-paid].")
    with pytest.raises(KitError, match="is a packet of the case 'The harbour raid', not of 'The quay"):
        take(case_folder, path)


def test_a_packet_of_the_first_edition_is_read_and_one_of_a_later_kit_is_refused(case_folder: Path) -> None:
    path = edited(sent(case_folder), mark("checked"))
    with zipfile.ZipFile(path) as parts:
        name = next(n for n in parts.namelist() if b"urn:casebook:packet" in parts.read(n))

    def first(raw: bytes) -> bytes:
        data = etree.fromstring(raw)
        content = json.loads(data.text)
        del content["lines"], content["case_id"]
        data.text = json.dumps(content | {"format": 1})
        return etree.tostring(data)

    outcome = take(case_folder, repacked(path, {name: first}, "first.docx"))
    assert (outcome.clean, outcome.marked) == (True, ["s-0001: checked (Ann Roe, 2021-07-02)"])
    assert "--sent FILE compares them" in outcome.note
    later = repacked(path, {name: lambda raw: raw.replace(b'"format":2', b'"format":3')}, "later.docx")
    with pytest.raises(KitError, match="printed by another version of the kit"):
        take(case_folder, later)
    torn = repacked(path, {name: lambda raw: raw.replace(b'"statements"', b'"sentences"')}, "torn.docx")
    with pytest.raises(KitError, match="does not hold the data of a packet"):
        take(case_folder, torn)


@pytest.mark.parametrize(("make", "told"), [
    (lambda path: path.write_text("Dear desk, all is well."), "is no Word document and no spreadsheet"),
    (lambda path: path.unlink(), "cannot be read"),
    (lambda path: zipfile.ZipFile(path, "w").close(), "is no Word document and no spreadsheet"),
    (lambda path: bomb(path), "would unpack to far more than one of ours holds"),
    (lambda path: only(path, "word/document.xml", b"<w:document"), "is damaged (word/document.xml)"),
    (lambda path: only(path, "word/document.xml", b"<document/>"), "is no packet"),
    (lambda path: only(path, "word/document.xml", ENTITIES), "is damaged (word/document.xml)"),
    (lambda path: only(path, "xl/workbook.xml", b"<workbook/>"), "is no packet: it has no sheet"),
    (lambda path: only(path, "xl/workbook.xml", b"<workbook"), "is damaged (xl/workbook.xml)"),
    (lambda path: only(path, "mimetype", b"application/vnd.oasis"), "but an OpenDocument file; open it in"),
    (lambda path: path.write_bytes(b"%PDF-1.7"), "is no Word document and no spreadsheet, but a PDF"),
])  # fmt: skip
def test_what_is_no_packet_is_refused_in_a_word(case_folder: Path, make: Any, told: str) -> None:
    path = sent(case_folder)
    make(path)
    with pytest.raises(KitError) as refused:
        take(case_folder, path)
    assert told in str(refused.value)
    assert not (case_folder / TABLES["checks"].path).exists()


ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
    + b"]><d>&i;</d>"
)


def bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("word/document.xml", "w") as file,
    ):
        for _ in range(300):
            file.write(bytes(1_000_000))


def only(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(name, content)


def test_the_shell_imports_and_says_what_found_no_place(case_folder: Path) -> None:
    def run(path: Path):
        return CliRunner().invoke(main, ["--case", str(case_folder), "check", "--import", str(path)])

    path = sent(case_folder)
    told = run(edited(path, mark("checked")))
    assert (told.exit_code, told.output.splitlines()[1]) == (0, "1 written to data/manual/checks.csv:")
    told = run(edited(path, mark("wrong", "Ben Doe", "2021-07-03")))
    assert told.exit_code == 1
    assert "not written, since two marks or sentences say different things" in told.output
    told = run(case_folder / "data/case.toml")
    assert (told.exit_code, "is no Word document" in told.output) == (1, True)
