"""The gate against planted faults and sound quotations; and, where they are installed, others against the same.

``python benchmarks/gate.py`` writes the tables into docs/gate.md. With ``--peers`` it also runs
linkml-reference-validator and a plain rapidfuzz search over the quotations, which needs an environment of its own:

    python -m venv peers && peers/bin/pip install numpy pandas "rapidfuzz>=3.14" linkml-reference-validator
    PYTHONPATH=. peers/bin/python benchmarks/gate.py --peers
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.faults import Case, faults, judged, sound  # noqa: E402

PAGE = ROOT / "docs" / "gate.md"
PAGES = range(20)
Caught = dict[str, Counter[str]]


def ours(cases: list[Case]) -> Caught:
    """For each kind: how many were planted, caught (the verdict does not hold), and given the verdict that is due."""
    counts: Caught = {}
    for case, verdict in zip(cases, judged(cases), strict=True):
        kind = counts.setdefault(case.kind, Counter())
        kind.update(planted=1, caught=not verdict.holds, named=verdict.verdict in case.due)
    return counts


def theirs(cases: list[Case], passes: Callable[[str, str], bool]) -> Caught:
    """The same for a check that sees only a quotation and the newest text of its source."""
    counts: Caught = {}
    for case in cases:
        texts = [page.text for page in case.pages if page.source == case.passage.source]
        if case.passage.quotation and not case.passage.start:
            kind = counts.setdefault(case.kind, Counter())
            kind.update(planted=1, caught=not passes(case.passage.quotation, texts[-1]))
    return counts


def peers() -> dict[str, Callable[[str, str], bool]]:
    """The other checks, by name and version."""
    from linkml_reference_validator.models import ReferenceContent, ReferenceValidationConfig
    from linkml_reference_validator.validation.supporting_text_validator import SupportingTextValidator
    from rapidfuzz import fuzz

    validator = SupportingTextValidator(ReferenceValidationConfig())

    def linkml(quotation: str, text: str) -> bool:
        reference = ReferenceContent(reference_id="file:page", title="", content=text)
        if validator.check_excerpt_content(quotation):
            return False
        return validator.find_text_in_reference(quotation, reference).found

    return {
        f"linkml-reference-validator {version('linkml-reference-validator')}": linkml,
        f"rapidfuzz {version('rapidfuzz')}, `partial_ratio` ≥ 90": lambda q, text: (
            fuzz.partial_ratio(q, text) >= 90
        ),
    }


def fault_table(counts: Caught) -> str:
    """The faults: planted, caught, named."""
    lines = ["| fault | planted | caught | missed | named rightly |", "|---|--:|--:|--:|--:|"]
    total: Counter[str] = Counter()
    for kind, n in counts.items():
        total.update(n)
        lines.append(
            f"| {kind} | {n['planted']} | {n['caught']} | {n['planted'] - n['caught']} | {n['named']} |"
        )
    n = total
    lines.append(
        f"| **all** | {n['planted']} | {n['caught']} | {n['planted'] - n['caught']} | {n['named']} |"
    )
    return "\n".join(lines)


def sound_table(counts: Caught) -> str:
    """The sound ones: checked, false alarms."""
    lines = ["| where | typography | checked | false alarms |", "|---|---|--:|--:|"]
    for kind, n in counts.items():
        where, _, what = kind.partition(": ")
        lines.append(
            f"| {'on the page' if where == 'page' else 'in print'} | {what} | {n['planted']} | {n['caught']} |"
        )
    checked, alarms = (sum(n[name] for n in counts.values()) for name in ("planted", "caught"))
    lines.append(f"| | **all** | {checked} | {alarms} |")
    return "\n".join(lines)


def peer_table(planted: list[Case], fine: list[Case]) -> str:
    """The quotations alone, ours beside the others: faults caught, sound ones refused."""
    quoted = [case for case in planted if case.passage.quotation and not case.passage.start]
    printed = [case for case in fine if case.passage.quotation]
    columns: dict[str, tuple[Caught, Caught]] = {"casebook": (ours(quoted), ours(printed))}
    columns |= {name: (theirs(quoted, check), theirs(printed, check)) for name, check in peers().items()}
    lines = [f"| quotations | n | {' | '.join(columns)} |", "|---|--:|" + "--:|" * len(columns)]
    for index, title in ((0, "caught: "), (1, "false alarm: ")):
        for kind, n in columns["casebook"][index].items():
            row = [str(counts[index][kind]["caught"]) for counts in columns.values()]
            lines.append(f"| {title}{kind} | {n['planted']} | {' | '.join(row)} |")
    return "\n".join(lines)


def write(name: str, table: str) -> None:
    """Put a table between its two marks on the page."""
    text = PAGE.read_text(encoding="utf-8")
    marks = rf"(<!-- {name} -->\n).*?(<!-- end -->)"
    new, found = re.subn(marks, lambda match: f"{match[1]}{table}\n{match[2]}", text, flags=re.DOTALL)
    if not found:
        raise SystemExit(f"{PAGE}: no place marked {name!r}")
    PAGE.write_text(new, encoding="utf-8")


def main() -> None:
    """Write the tables; the exit status is 1 where a fault was missed or a sound quotation refused."""
    planted = [case for number in PAGES for case in faults(number)]
    fine = [case for number in PAGES for case in sound(number)]
    if "--peers" in sys.argv:
        write("peers", peer_table(planted, fine))
        return
    caught, alarms = ours(planted), ours(fine)
    write("faults", fault_table(caught))
    write("sound", sound_table(alarms))
    missed = sum(n["planted"] - n["named"] for n in caught.values()) + sum(
        n["caught"] for n in alarms.values()
    )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
