"""The gate's rules on what is published: what a row forbids, and other people's words."""

from __future__ import annotations

from collections.abc import Iterator

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
from kit.evidence.prose.sentences import Sentence
from kit.tables.declarations import SETTINGS

#: The longest quotation that passes without a word, where the case sets no other.
QUOTED_WORDS = 50
_SETTING = "longest_quotation"


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


RULES = (words_copied, quotation_long, publish_no)
