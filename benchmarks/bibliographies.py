"""What becomes of other programs' bibliographies: each entry kept, set aside with its reason, or lost.

``python benchmarks/bibliographies.py FOLDER`` imports every .bib, .ris and .json file in the folder into an empty case and
prints a line each: entries in the file, kept, left out as the same source as another, set aside, lost; words of the file
that no row holds (months and languages among them, which become days and codes); and, of the rows written as each format and read back, how many are not the same. Below stand the
reasons and the words. The exit status is 1 where an entry was lost or does not come back. Nothing is fetched; any fixtures at hand will do.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.small_case import write_rows  # noqa: E402

import kit  # noqa: E402
from kit.errors import KitError, Problems  # noqa: E402
from kit.sources.bibliography.exchange import FORMATS, exported  # noqa: E402

#: What begins an entry, in files that this counts by itself and not by our readers.
_ENTRY = {
    ".bib": re.compile(
        r"^[ \t]*@[ \t]*(?!comment|string|preamble|xdata|set\b)[a-z]+\s*[{(]", re.IGNORECASE | re.MULTILINE
    ),
    ".ris": re.compile(r"^\ufeff?TY {1,3}-|^TY-", re.MULTILINE),
}
_BLANKED = re.compile(
    r"@(?:comment|preamble)\s*\{(?:[^{}]|\{[^{}]*\})*\}|^[ \t]*%.*$", re.IGNORECASE | re.MULTILINE
)
#: Words that no macro touches: what stands between other signs is left out of the count.
_WORD = re.compile(r"(?<![^\s,.;:(])[A-Za-z0-9]{3,}(?![^\s,.;:)])")
#: Between names it is a sign, no word.
_JOINED = re.compile(r"\s+and\s+", re.IGNORECASE)


def entries(path: Path, text: str) -> int:
    """How many entries the file has."""
    if path.suffix == ".json":
        content = json.loads(text)
        content = content.get("items", [content]) if isinstance(content, dict) else content
        return len(content)
    return len(_ENTRY[path.suffix].findall(_BLANKED.sub("", text) if path.suffix == ".bib" else text))


def words(path: Path, text: str) -> Counter[str]:
    """The plain words of the file that belong to entries."""
    if path.suffix == ".bib":
        text = re.sub(r"\\[A-Za-z]+\s?", r"\\\\", " ".join(_values(_BLANKED.sub("", text))))
        text = _JOINED.sub(" ; ", text).replace("{", " { ").replace("}", " } ")
    elif path.suffix == ".ris":
        text = re.sub(r"^(?:TY.*|ER.*|[A-Z][A-Z0-9] {1,3}-)", " ", text, flags=re.MULTILINE)
    else:
        text = " ".join(_leaves(json.loads(text)))
    return Counter(_WORD.findall(text))


def _values(text: str) -> Iterator[str]:
    """What stands between braces or quotation marks behind the signs of equality of a BibTeX file."""
    for start in re.finditer(r"[\w+:-]\s*=\s*(?=[{\"])", text):
        depth = 0
        for sign in re.finditer(r"[{}\"]", text[start.end() : start.end() + 50_000]):
            depth += {"{": 1, "}": -1, '"': 0}[sign[0]]
            if not depth and (sign[0] == "}" or sign.start()):
                yield text[start.end() + 1 : start.end() + sign.start()]
                break


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        yield value


def measured(path: Path, folder: Path) -> tuple[list[int], list[str]]:
    """The numbers of a file, in the order of `HEADS`, and what is to be told of it."""
    text = path.read_bytes().decode("utf-8-sig")
    count = entries(path, text)
    case = kit.open(write_rows(folder, {name: [] for name in ("sources", "events", "evidence")}))
    try:
        added, there, asked = case.import_sources(path, tier="secondary")
    except KitError as error:
        return [count, 0, 0, count, 0, 0, 0], [str(error)]
    aside = asked[asked["says"].str.startswith("is left aside")]
    told = [f"{row.id}: {row.says}" for row in aside.itertuples()]
    told += [f"{row.id or row.title}: has the {row.by} of {row.same_as}" for row in there.itertuples()]
    held = " ".join(unquote(str(cell)) for row in case.table("sources").to_numpy() for cell in row)
    gone = [] if told else sorted(word for word in words(path, text) if word not in held)
    told += [f"words: {', '.join(gone[:12])}"] if gone else []
    changed = 0
    for ending in FORMATS if len(added) else ():
        try:
            exported(case.table("sources"), ending)
        except Problems as error:
            found = [problem for each in error.problems.values() for problem in each]
            changed += len(found)
            told += [f"as {ending}: {problem}" for problem in found[:5]]
    lost = max(0, count - len(added) - len(there) - len(aside))
    return [count, len(added), len(there), len(aside), lost, len(gone), changed], told


HEADS = ("entries", "kept", "same", "aside", "lost", "words gone", "not the same back")


def main(folder: Path) -> int:
    """Print the table, and return whether anything was lost."""
    total = [0] * len(HEADS)
    print("file".ljust(44), *(head.rjust(len(head) + 1) for head in HEADS))
    notes = []
    for path in sorted(each for each in folder.rglob("*") if each.suffix in FORMATS):
        try:
            with tempfile.TemporaryDirectory() as made:
                numbers, told = measured(path, Path(made))
        except (UnicodeDecodeError, ValueError) as error:
            print(path.name[:44].ljust(44), f"is passed over: {error}"[:80])
            continue
        print(
            path.name[:44].ljust(44), *(str(n).rjust(len(h) + 1) for n, h in zip(numbers, HEADS, strict=True))
        )
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        notes += [f"{path.name}: {each}" for each in told]
    print("all".ljust(44), *(str(n).rjust(len(h) + 1) for n, h in zip(total, HEADS, strict=True)))
    print("\n".join(notes))
    return int(total[4] + total[6] > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
