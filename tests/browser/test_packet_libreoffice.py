"""A packet that is checked and saved in LibreOffice comes back whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.packets import printed

import kit
from kit.errors import KitError
from kit.factcheck.merge import import_packet
from kit.factcheck.model.returned import Outcome
from kit.factcheck.writers.docx import packet_docx
from kit.factcheck.writers.xlsx import packet_xlsx

pytestmark = pytest.mark.desk
#: The Python that has LibreOffice's bridge (python3-uno on Debian).
_BRIDGE = "/usr/bin/python3"
_SECONDS = 180
WORD, SHEET = "MS Word 2007 XML", "Calc MS Excel 2007 XML"
STATUSES = ("checked", "wrong", "needs work")
COUNT = 40


def prose() -> str:
    """A notebook of forty statements in four sections."""
    lines = ["# What happened at the harbour?"]
    for number in range(1, COUNT + 1):
        if number % 10 == 1:
            lines.append(f"## Week {number // 10 + 1}")
        mark = " [@2021-03-01-raid-harbour]" if number % 3 else ""
        lines.append(
            f"On {number % 28 + 1} March 2021 the Harbour Office counted {number * 7 + 3} boxes of papers{mark}."
        )
    lines.append("The paper counted [38](#=boxes) boxes.")
    return "\n\n".join(lines)


def name(number: int) -> str:
    return f"s-{number:04}"


#: Forty marks, every fourth with a name and a day of its own; twelve comments; a reworded, a struck and a moved one.
MARKS = {
    name(n): [STATUSES[n % 3], *(["Ben Doe", "2021-07-03"] if n % 4 == 0 else ["", ""])]
    for n in range(1, COUNT + 1)
}
COMMENTS = {name(n): f"Remark {n}: who counted?" for n in range(2, 26, 2)}


def started(home: Path, pipe: str) -> subprocess.Popen[bytes]:
    office = shutil.which("soffice")
    assert office, "LibreOffice Writer is needed: apt-get install libreoffice-writer python3-uno"
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    words = ["--headless", "--invisible", "--norestore", profile, f"--accept=pipe,name={pipe};urp;"]
    return subprocess.Popen([office, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def done_in_libreoffice(folder: Path, plan: dict[str, Any]) -> None:
    """Have LibreOffice do what the plan says."""
    told, pipe = folder / "plan.json", f"casebook{os.getpid()}"
    told.write_text(json.dumps(plan | {"pipe": pipe}))
    office = started(folder, pipe)
    try:
        script = Path(__file__).with_name("libreoffice_checker.py")
        done = subprocess.run(
            [_BRIDGE, str(script), str(told)], capture_output=True, timeout=_SECONDS, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
    finally:
        office.terminate()
        office.wait(timeout=60)


@pytest.fixture
def checked(case_folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The case, and its packet as a checker sent it back from LibreOffice."""
    sent, back = tmp_path / "fact-check.docx", tmp_path / "returned.docx"
    sent.write_bytes(packet_docx(printed(case_folder, prose=prose())))
    plan: dict[str, Any] = {
        "file": str(sent),
        "save_as": str(back),
        "filter": WORD,
        "checker": "Ann Roe",
        "marks": {"packet": ["", "Ann Roe", "2021-07-02"], **MARKS},
        "comments": COMMENTS,
        "reworded": {"s-0005": ["38 boxes", "39 boxes"]},
        "struck": ["s-0007"],
        "moved": {"s-0012": "s-0003"},
    }
    done_in_libreoffice(tmp_path, plan)
    return case_folder, back


def test_forty_statuses_and_twelve_comments_come_back_through_libreoffice(checked: tuple[Path, Path]) -> None:
    folder, back = checked
    outcome = import_packet(kit.open(folder), back)
    checks = kit.open(folder).checks.set_index("statement")
    for statement, (status, by, _) in MARKS.items():
        row = checks.loc[statement]
        assert row["status"] == status.replace(" ", "-"), statement
        assert (row["by"], row["on"]) == (("Ben Doe", "2021-07-03") if by else ("Ann Roe", "2021-07-02")), (
            statement
        )
    for statement, words in COMMENTS.items():
        assert checks.loc[statement, "comment"] == f"{words} (Ann Roe, 2026-11-24)"
    assert (len(checks), sum(checks["comment"].ne(""))) == (40, 12)
    assert outcome.conflicts == outcome.questions == outcome.remarks == []
    assert not outcome.lost
    assert outcome.reworded == ["s-0005: “38” became “39”", "s-0007: struck out"]
    assert import_packet(kit.open(folder), back).marked == []


def converted(path: Path, form: str, home: Path) -> Path:
    """The file as LibreOffice writes it when it opens it and saves it again."""
    target = home / "again"
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    words = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(target), str(path)]
    subprocess.run(words, capture_output=True, timeout=_SECONDS, check=True)
    return target / path.name


def test_an_untouched_packet_saved_by_libreoffice_says_nothing_new(case_folder: Path, tmp_path: Path) -> None:
    packet = printed(case_folder, prose=prose())
    forms = {f"docx:{WORD}": packet_docx, f"xlsx:{SHEET}": packet_xlsx}
    for form, made in forms.items():
        path = tmp_path / f"fact-check.{form.partition(':')[0]}"
        path.write_bytes(made(packet))
        outcome = import_packet(kit.open(case_folder), converted(path, form, tmp_path))
        assert outcome == Outcome(packet.id, path.name)


def test_a_packet_that_went_through_another_format_is_read_by_the_packet_that_was_sent_out(
    checked: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, back = checked
    converted(back, "odt", tmp_path)
    other = converted((tmp_path / "again/returned.odt"), f"docx:{WORD}", tmp_path).with_suffix(".docx")
    with pytest.raises(KitError, match="whose data the program that saved it has thrown away"):
        import_packet(kit.open(folder), other)
    outcome = import_packet(kit.open(folder), other, tmp_path / "fact-check.docx")
    checks = kit.open(folder).checks
    assert outcome.conflicts == outcome.questions == outcome.remarks == []
    assert (len(checks), sum(checks["comment"].ne(""))) == (40, 12)
    assert outcome.reworded == ["s-0005: “38” became “39”", "s-0007: struck out"]


def test_statuses_typed_in_calc_come_back_and_nothing_is_lost_silently(
    case_folder: Path, tmp_path: Path
) -> None:
    sent, back = tmp_path / "fact-check.xlsx", tmp_path / "returned.xlsx"
    sent.write_bytes(packet_xlsx(printed(case_folder, prose=prose())))
    typed = {}
    for number in range(1, 31):
        row = number + 4
        typed |= {f"C{row}": STATUSES[number % 3], f"D{row}": "Ann Roe", f"E{row}": "2021-07-02"}
    typed |= {"F5": "Whose count?", "B6": "On 3 March 2021 the Harbour Office counted 18 boxes of papers."}
    plan = {
        "file": str(sent),
        "save_as": str(back),
        "filter": SHEET,
        "typed": typed,
        "comments": {f"B{number + 4}": f"Remark {number}: who counted?" for number in range(11, 21)},
        "copied": {"A7:I7": "A60"},
        "deleted": [44],
    }
    done_in_libreoffice(tmp_path, plan)
    outcome = import_packet(kit.open(case_folder), back)
    checks = kit.open(case_folder).checks.set_index("statement")
    assert len(checks) == 30
    for number in range(1, 31):
        row = checks.loc[name(number)]
        assert row["status"] == STATUSES[number % 3].replace(" ", "-")
        assert (row["by"], row["on"]) == ("Ann Roe", "2021-07-02")
    assert checks.loc["s-0001", "comment"] == "Whose count?"
    assert sum(checks["comment"].str.startswith("Remark ")) == 10
    assert [line.partition(":")[0] for line in outcome.lost] == ["s-0040"]
    assert outcome.reworded == ["s-0002: “17” became “18”"]
    assert outcome.conflicts == []
