"""A ledger of the kit's own that cannot be read is made anew by one verb: sound rows stay, ids and captures come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.notebook_files import CODE, PROSE, write_notebook

import kit
from kit.cli.main import main
from kit.errors import BadTable
from kit.evidence.prose.statements import read_statements
from kit.files import CACHE_FOLDER
from kit.sources.capture.index import read_index
from kit.tables.ledgers import LEDGERS
from kit.tables.load import read_ledger
from kit.tables.schema import TABLES

CHECK = "statement,status,by,on,comment,wording,basis\n"


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    write_notebook(
        case_folder, "00-raid", ("md", PROSE + "\n\nThe office paid 50 dollars in June 2021."), ("code", CODE)
    )
    case = kit.open(case_folder)
    case.keep("Officers took 38 boxes away.", how="pasted", source="harbour-post-2021-03-02-raid")
    case.keep("Nobody was told.", how="pasted", source="coast-digest-2021-03-03-raid")
    case.check(renew=True)
    return case


def merged(raw: bytes) -> bytes:
    head, *rows = raw.splitlines(keepends=True)
    return b"".join([head, b"<<<<<<< ours\n", *rows, b"=======\n", *rows, b">>>>>>> theirs\n"])


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "cut in the last row": lambda raw: raw[:-25],
    "cut in the middle": lambda raw: raw[: len(raw) * 2 // 3],
    "empty": lambda raw: b"",
    "half a header": lambda raw: raw[:10],
    "marks of a merge": merged,
    "zeros at its end, as a lost disk leaves": lambda raw: raw[:-30] + b"\x00" * 30,
    "another program's": lambda raw: b"PK\x03\x04" + raw,
    "letters that are none": lambda raw: raw.replace(b"\n", b"\xff\xfe\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", LEDGERS)
def test_renewing_makes_a_broken_ledger_anew(case: kit.Case, name: str, fault: str) -> None:
    path = case.path / LEDGERS[name].path
    before = path.read_bytes()
    if len(before.splitlines()) < 2:
        pytest.skip("this ledger is empty here")
    whole = read_ledger(case.path, name)
    path.write_bytes(damaged := FAULTS[fault](before))
    try:
        read_ledger(case.path, name)
        sound = True
    except BadTable as error:
        assert "kit check --renew" in str(error)
        sound = False
    shown = CliRunner().invoke(main, ["--case", str(case.path), "check", "--renew"])
    assert shown.exit_code in (0, 1)
    assert shown.exception is None or isinstance(shown.exception, SystemExit)
    after = read_ledger(case.path, name)
    if name == "statements":  # an id that stands nowhere any more, and on no mark, is given anew
        assert set(after["text"]) == set(whole["text"])
    else:
        assert set(after[LEDGERS[name].key[0]]) == set(whole[LEDGERS[name].key[0]]), shown.output
    if not sound:
        assert (case.path / CACHE_FOLDER / f"{name}-as-it-was.csv").read_bytes() == damaged
        assert "could not be read" in shown.output


def test_a_mark_keeps_its_statement_though_the_ledger_is_gone(case: kit.Case) -> None:
    ledger = read_statements(case.path)
    last = ledger.iloc[-1]
    row = f'{last.statement},checked,Roe,2021-07-01,,"{last.text}",\n'
    (case.path / TABLES["checks"].path).write_text(CHECK + row)
    path = case.path / LEDGERS["statements"].path
    path.write_bytes(path.read_bytes()[:40])
    kit.open(case.path).check(renew=True)
    after = read_statements(case.path)
    standing = after[after["retired_on"].eq("")]
    assert dict(zip(standing["text"], standing["statement"], strict=True))[last.text] == last.statement


def test_a_sound_ledger_is_not_touched(case: kit.Case) -> None:
    before = {name: (case.path / table.path).read_bytes() for name, table in LEDGERS.items()}
    case.check(renew=True)
    assert {name: (case.path / table.path).read_bytes() for name, table in LEDGERS.items()} == before
    assert not list((case.path / CACHE_FOLDER).glob("*-as-it-was.csv"))


def test_captures_of_another_desk_stay_in_a_ledger_that_was_cut(case: kit.Case) -> None:
    path = case.path / LEDGERS["captures"].path
    first = read_index(case.path).iloc[0]
    (case.path / "data" / "captures" / str(first.warc)).unlink()
    path.write_bytes(path.read_bytes()[:-20])
    case.check(renew=True)
    assert set(read_index(case.path)["id"]) >= {first.id}
    assert len(read_index(case.path)) == 2
