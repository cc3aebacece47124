"""The workbook of the tables comes back from LibreOffice with every cell as it was."""

from __future__ import annotations

import copy
import shutil
import subprocess
from pathlib import Path

import pytest
from support.awkward import AWKWARD
from support.small_case import ROWS, write_rows

from kit.errors import KitError
from kit.tables.workbook.read import import_sheet
from kit.tables.workbook.write import sheet

pytestmark = pytest.mark.desk
_SECONDS = 180


def saved(path: Path, form: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another form, or in its own."""
    office = shutil.which("soffice")
    assert office, "LibreOffice Calc is needed: apt-get install libreoffice-calc"
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / form.partition(":")[0]
    command = [office, home, "--headless", "--convert-to", form, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    (made,) = out.iterdir()
    return made


def test_nothing_is_lost_in_libreoffice(tmp_path: Path):
    content = copy.deepcopy(ROWS)
    content["actors"] += [
        {"id": f"actor-{n:03}", "kind": "person", "name": text, "note": text}
        for n, text in enumerate(AWKWARD)
    ]
    folder = write_rows(tmp_path / "case", content)
    before = (folder / "data/manual/actors.csv").read_bytes()
    sheet(folder, tmp_path / "t.xlsx")
    back = saved(tmp_path / "t.xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    assert str(import_sheet(folder, back)) == "t.xlsx brought nothing new"
    other = saved(back, "ods", tmp_path)
    with pytest.raises(KitError, match=r"an OpenDocument file; open it .* save it as \.docx or \.xlsx"):
        import_sheet(folder, other)
    shutil.rmtree(tmp_path / "xlsx")
    assert str(import_sheet(folder, saved(other, "xlsx", tmp_path))) == "t.xlsx brought nothing new"
    assert (folder / "data/manual/actors.csv").read_bytes() == before
