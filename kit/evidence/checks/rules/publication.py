"""The gate's rules on what is published: what a row forbids, and other people's words."""

from __future__ import annotations

from collections.abc import Iterator

from kit.case import Case
from kit.errors import BadTable, KitError
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, our_texts, place, place_of, rule
from kit.evidence.passages.copied import (
    COPIED_WORDS,
    WORDS,
    captured_passages,
    captured_runs,
    own_words,
    word_runs,
)
from kit.evidence.prose.document import tags_of
from kit.evidence.prose.sentences import Sentence
from kit.evidence.secrecy import Secrets
from kit.tables.declarations import SETTINGS

#: The longest quotation that passes without a word, where the case sets no other.
QUOTED_WORDS = 50
_SETTING = "longest_quotation"
#: Tags of cells that the public edition leaves out.
_UNSEEN = frozenset(("remove-cell", "internal"))


def unquoted_runs(context: CheckContext) -> dict[str, str]:
    """The long runs of words of captured passages that may not be printed, each with the id of its evidence.

    What may be are titles, the ends of passages, and quotations that stand beside their source and hold.
    """
    return context.once(_unquoted)


def _unquoted(context: CheckContext) -> dict[str, str]:
    passages = captured_passages(context.case)
    if not passages:
        return {}
    held = (quote.words for quote, _, verdict in context.quotations if verdict.holds)
    return captured_runs(passages, [*own_words(context.case), *held])


@rule("words-copied", "error", "quote them, with a mark for the source, or say it in words of your own")
def words_copied(context: CheckContext) -> Iterator[Finding]:
    """Other people's words without quotation marks pass for ours.

    Runs of `COPIED_WORDS` words or more that a captured passage has too, outside a quotation that holds.
    """
    runs = unquoted_runs(context)
    if not runs:
        return
    blocks: dict[tuple[str, int, int], list[Sentence]] = {}
    for path, sentence in context.prose():
        blocks.setdefault((path, sentence.cell, sentence.block), []).append(sentence)
    texts = [
        (place_of(path, found[0]), "", " ".join(sentence.text for sentence in found))
        for (path, *_), found in blocks.items()
    ]
    for table, column in our_texts(context.case):
        rows = context.case.table(table)
        ids = rows["id"] if "id" in rows else rows.index.astype("str")
        texts += [
            (place(table, str(identity), column), str(identity), text)
            for identity, text in zip(ids, rows[column], strict=True)
        ]
    for where, record, text in texts:
        if len(WORDS.findall(text)) < COPIED_WORDS:
            continue
        if found := [run for run in word_runs(text, COPIED_WORDS) if run in runs]:
            words = found[0].split()
            told = f"“{' '.join(words[:4])} … {' '.join(words[-3:])}”, {COPIED_WORDS + len(found) - 1} words in a row of the passage of {runs[found[0]]}"
            yield Finding(where, record, told)


@rule("quotation-long", "warning", f"quote less of it, or set {_SETTING} in {SETTINGS}")
def quotation_long(context: CheckContext) -> Iterator[Finding]:
    """A long quotation is another's text rather than a proof of ours.

    Quotations in the notebooks of more words than `longest_quotation` in data/case.toml says, or `QUOTED_WORDS`.
    """
    most = context.case.settings.get(_SETTING, QUOTED_WORDS)
    for quote in context.quotes:
        count = len(WORDS.findall(quote.words))
        if isinstance(most, int) and count > most and quote.place.startswith("notebooks/"):
            yield Finding(quote.place, quote.record, f"{count} words in one quotation; at most {most} pass")


@rule("publish-no", "error", "take the mark out, or change `publish` in the row")
def publish_no(context: CheckContext) -> Iterator[Finding]:
    """What a row forbids to publish must not be cited in what is published.

    Marks in notebooks of the public edition for rows with `publish` = `no`, and facts that they leave without evidence.
    """
    case = context.case
    barred = {
        row
        for name in {*case.citable.values()}
        for row in (
            case.table(name).pipe(lambda t: t.loc[t["publish"].eq("no"), "id"])
            if "publish" in case.table(name)
            else ()
        )
    }
    if not barred:
        return
    behind = case.table("evidence").groupby("record")["source"].agg(set)
    for path, document in context.documents.items():
        if not document.public:
            continue
        for mark in document.marks:
            where = f"{path}, cell {mark.cell}"
            if mark.kind != "cite":
                continue
            if mark.target in barred:
                yield Finding(where, mark.target, "is cited, and its row says publish = no")
            elif mark.target in behind.index and behind[mark.target] <= barred:
                yield Finding(where, mark.target, "is cited, and every source of it has publish = no")


@rule("secret-printed", "error", "take it out")
def secret_printed(context: CheckContext) -> Iterator[Finding]:
    """What a case withholds, and what gives a person or a machine away, must not be printed.

    Withheld names in each of their forms, telephone numbers, keys, paths and the like in the prose and the code of
    notebooks that are published, and in the public columns of rows that they cite.
    """
    try:
        secrets = Secrets(context.case)
    except BadTable:
        raise  # the tables' own rule says what is wrong with them
    except KitError as error:
        yield Finding(error.place, "", error.value, error.remedy)
        return
    cited: set[str] = set()
    for path, document in context.documents.items():
        if not document.public:
            continue
        gone = {n for n, cell in enumerate(document.notebook["cells"], start=1) if _UNSEEN & tags_of(cell)}
        cited |= {mark.target for mark in document.marks if mark.kind == "cite" and mark.cell not in gone}
        told: dict[int, set[str]] = {}
        for sentence in document.sentences:
            if sentence.cell not in gone:
                for secret in secrets.found_in(context.case.protection.text(sentence.text)):
                    told.setdefault(sentence.cell, set()).add(secret.words)
                    yield Finding(place_of(path, sentence), "", secret.masked, secret.remedy)
        for number, cell in enumerate(document.notebook["cells"], start=1):
            if number in gone or cell["cell_type"] == "raw" or "remove-input" in tags_of(cell):
                continue
            text = context.case.protection.text("".join(cell["source"]))
            for secret in secrets.found_in(text):
                if secret.words not in told.get(number, ()):
                    yield Finding(f"{path}, cell {number}", "", secret.masked, secret.remedy)
    for table, identity, column, text in _published_texts(context.case, cited):
        for secret in secrets.found_in(context.case.protection.text(text)):
            yield Finding(place(table, identity, column), identity, secret.masked, secret.remedy)


def _published_texts(case: Case, cited: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """Each text of a row that goes public with what is ``cited``: its table, row and column, and the text."""
    evidence = case.table("evidence")
    cited = cited | set(evidence.loc[evidence["record"].isin(cited), "source"])
    for name in {*case.citable.values()}:
        rows = case.table(name)
        shown = rows["id"].isin(cited)
        if "publish" in rows:
            shown = (shown | rows["publish"].eq("yes")) & rows["publish"].ne("no")
        if "alias" in rows:
            shown &= rows["alias"].eq("")
        for column in case.schema[name].columns:
            if column.public and column.kind == "text" and column.name in rows:
                for identity, cell in rows.loc[shown, ["id", column.name]].itertuples(index=False):
                    yield name, identity, column.name, "; ".join(cell) if isinstance(cell, tuple) else cell


RULES = (words_copied, quotation_long, publish_no, secret_printed)
