"""Editions: what each shows, what stops the public one, which format and edition a name means."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from support.notebook_files import CODE, PROSE, write_notebook

import kit
from kit.cli.main import main
from kit.clock import today
from kit.errors import KitError, UnknownMark
from kit.reporting.book.editions import WRITERS, formats_named
from kit.reporting.build import Refused
from kit.reporting.leak_scan.readers import fragments
from kit.reporting.leak_scan.scan import Leaked

INTERNAL = "Our source asked us to wait until the hearing is over."


@pytest.fixture
def case(case_folder):
    path = write_notebook(
        case_folder, "00-raid", ("md", PROSE), ("code", CODE), ("md", INTERNAL), ("md", "The end.")
    )
    notebook = json.loads(path.read_text())
    notebook["cells"][2]["metadata"]["tags"] = ["internal"]
    path.write_text(json.dumps(notebook))
    return kit.open(case_folder)


def page(case, edition, name="00-raid.html"):
    kit.report(case, edition=edition, to="html")
    return (case.path / "reports" / edition / name).read_text(encoding="utf-8")


def test_each_edition_has_a_folder_and_the_public_one_leaves_out_what_is_internal(case):
    assert INTERNAL in page(case, "internal")
    assert INTERNAL in page(case, "legal")
    assert INTERNAL not in page(case, "public")
    assert sorted(p.name for p in (case.path / "reports").iterdir()) == ["internal", "legal", "public"]
    for path in (case.path / "reports/public").rglob("*"):
        assert path.is_dir() or INTERNAL.encode() not in path.read_bytes()


def test_what_does_not_hold_stops_the_public_edition_and_is_marked_in_the_others(case, edit):
    edit(
        "evidence",
        lambda raw: b"\n".join(line for line in raw.splitlines() if b"fine-paid" not in line) + b"\n",
    )
    write_notebook(
        case.path,
        "01-more",
        (
            "md",
            "# What else?\n\nThere is [@2021-06-fine-paid], [@nothing-known] and [12](#=crates), not [40](#=boxes).",
        ),
        ("code", CODE),
    )
    case = kit.open(case.path)
    with pytest.raises(UnknownMark) as error:
        kit.report(case, to="html")
    told = str(error.value)
    assert "cell 1: [@nothing-known] names no fact or source" in told
    assert "cell 1: [12](#=crates) names no recorded number" in told
    assert "cell 1: [40](#=boxes): printed 40, computed 38" in told
    assert "2021-06-fine-paid" in told
    assert not (case.path / "reports").exists()
    shown = page(case, "internal", "01-more.html")
    assert "(nothing is called nothing-known)" in shown
    assert "(no cell recorded crates)" in shown
    index = (case.path / "reports/internal/index.html").read_text()
    assert "It is not for publication" in index
    assert "prints 40" in index or "printed 40" in index
    assert "2021-06-fine-paid" in index


def test_the_packet_of_a_sentence_whose_marks_name_nothing_is_printed_too(case):
    prose = "# What else?\n\nPolice took [12](#=crates) crates on 1 March 2021 [@nothing-known; @2021-03-01-raid-harbour]."
    write_notebook(case.path, "01-more", ("md", prose))
    kit.report(case, edition="internal", to="md,packet")
    folder = case.path / "reports/internal"
    sheet = (folder / "fact-check.html").read_text(encoding="utf-8")
    assert "Police took 12 crates on 1 March 2021." in sheet
    assert (
        "12 **(no cell recorded crates)** crates on 1 March 2021[^1] **(nothing is called nothing-known)**."
        in (folder / "markdown/01-more.md").read_text(encoding="utf-8")
    )


def test_a_fact_without_evidence_stops_what_prints_it_and_nothing_else(case, edit):
    edit(
        "evidence",
        lambda raw: b"\n".join(line for line in raw.splitlines() if b"fine-paid" not in line) + b"\n",
    )
    assert kit.report(kit.open(case.path), to="html")
    write_notebook(
        case.path, "01-more", ("md", "# What else?\n\nThe office paid a fine [@2021-06-fine-paid].")
    )
    with pytest.raises(Refused, match=r"2021-06-fine-paid: no row of evidence\.csv supports it"):
        kit.report(kit.open(case.path), to="html")
    (case.path / "notebooks/01-more.ipynb").unlink()
    drawn = "import kit\nkit.charts.timeline(kit.open().events, headline='H', source='S', alt='A')"
    write_notebook(case.path, "01-more", ("md", "# What else?"), ("code", drawn))
    with pytest.raises(Refused, match=r"2021-06-fine-paid: no row of evidence\.csv supports it"):
        kit.report(kit.open(case.path), to="html")


def test_a_leak_keeps_the_previous_report_and_is_told_in_the_shell(case):
    before = page(case, "public")
    write_notebook(case.path, "01-more", ("md", "# Who?"), ("code", "print('Call +44 20 ' + '7946 0958')"))
    done = CliRunner().invoke(main, ["--case", str(case.path), "report", "--to", "html"])
    assert done.exit_code == 1
    assert "01-more.html: 1 problem to fix\n  line " in done.output
    assert "notebooks/01-more.ipynb, output of cell 2: a telephone number (+4…); take it out" in done.output
    assert (case.path / "reports/public/00-raid.html").read_text() == before
    assert [path.name for path in (case.path / "reports").iterdir()] == ["public"]
    page(case, "internal")


def test_a_secret_in_prose_is_told_before_anything_is_built(case):
    write_notebook(case.path, "01-more", ("md", "# Who?\n\nCall +44 20 7946 0958."))
    with pytest.raises(
        Refused, match=r"01-more\.ipynb, cell 1, sentence 2(?s:.)*a telephone number \(\+4…\)"
    ):
        kit.report(case, to="html")


def test_what_an_internal_cell_says_may_not_come_back_by_another_way(case, edit):
    edit("tags", lambda raw: raw.replace(b"Premises were searched.", INTERNAL.encode()))
    with pytest.raises(Leaked, match=r"words kept out, of notebooks/00-raid\.ipynb, cell 3"):
        kit.report(kit.open(case.path), to="html")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"edition": "publik"}, "edition 'publik': is not known; did you mean 'public'? there are internal, legal, public"),
        ({"to": "html,doc"}, "format 'doc': is not known; did you mean 'docx'? there are html, pdf, docx, md, packet"),
        ({"only": "07"}, "notebooks/: has none called '07'; it has 00-raid"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_is_told_with_those_that_are(case, given, said):
    with pytest.raises(KitError) as error:
        kit.report(case, **given)
    assert str(error.value) == said
    assert not (case.path / "reports").exists()


def test_formats_come_in_their_own_order_and_all_without_a_name():
    assert formats_named("pdf, html") == ["html", "pdf"]
    assert formats_named(["md"]) == ["md"]
    assert formats_named("", "internal") == list(WRITERS)
    assert formats_named("") == ["html", "pdf", "docx", "md"]
    with pytest.raises(KitError, match="packet: is for the desk and never public"):
        formats_named("packet, md")


def test_every_format_of_the_public_edition_is_written_and_holds_no_leak(case):
    names = {path.name for path in kit.report(case)}
    assert names >= {"index.html", "report.pdf", "report.docx", "00-raid.md"}


_TRUST = re.compile(r"\bconfidence\b|\brisk", re.IGNORECASE)


def test_no_format_of_the_public_edition_tells_confidence_or_risk_and_all_of_the_legal_one_do(case):
    told = {}
    for edition in ("public", "legal"):
        kit.report(case, edition=edition)
        folder = case.path / "reports" / edition
        # The tables lie beside the report as they are; the crate and the manifest name their files and columns.
        ours = [
            p
            for p in folder.rglob("*")
            if p.is_file() and p.suffix in (".html", ".pdf", ".docx", ".md", ".xlsx")
        ]
        ours = [path for path in ours if "data" not in path.relative_to(folder).parts]
        told[edition] = {
            path.relative_to(folder).as_posix()
            for path in ours
            for found in fragments(path.name, path.read_bytes())
            if _TRUST.search(found.text)
        }
    assert told["public"] == set()
    assert told["legal"] >= {
        "index.html", "risk.html", "evidence.html", "00-raid.html", "report.pdf", "report.docx", "markdown/risk.md",
        "fact-check.html", "fact-check.docx", "fact-check.xlsx",
    }  # fmt: skip


def test_a_day_can_be_given(case, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert str(today()) == "2023-11-14"
