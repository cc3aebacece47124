"""Each threshold of the gate, pinned on both sides: what just reaches it, and what just does not.

``python benchmarks/thresholds.py`` changes them one by one and says which change no test noticed.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rapidfuzz import fuzz
from support.prose_case import POST, RAID, context_of

from kit.evidence.checks.fact_numbers import FactNumber, stems
from kit.evidence.checks.rule import first_few
from kit.evidence.checks.rules import dates_in_prose, dates_in_tables, numbers, passages, wording
from kit.evidence.checks.rules.numbers import says_another
from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.judgement import explain_absence, find_passage, judge_quotation
from kit.evidence.passages.matching import Passage
from kit.evidence.passages.nearest import nearest_stretch
from kit.evidence.passages.quotation import speaker
from kit.evidence.passages.verdict import describe_differences
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.sentences import Sentence, TextSpan
from kit.evidence.prose.statements import PlacedSentence, match_statements
from kit.evidence.provenance.credit import Credit, Newsroom, publisher_names
from kit.evidence.provenance.detection import find_repetitions
from kit.evidence.provenance.lineage import lineage, lineage_sentence
from kit.evidence.provenance.text_reuse import corpus, longest_shared, rare_phrases, shared_runs
from kit.text.edtf import date_columns
from kit.text.normalise import normalise

WHEN = datetime(2021, 3, 1)
#: A hundred characters, so that each one that is changed costs one in a hundred.
HUNDRED = (
    "berths cranes pilots tariff permit ledger anchor docker signal vessel harbor wharfs tugman cargos ab"
)
assert len(HUNDRED) == 100


def page(text: str, *, excerpt: bool = False) -> CaptureText:
    return CaptureText("c-1", "s", WHEN, excerpt, text)


def quoted(text: str, words: str) -> tuple[str, str]:
    """The verdict on a quotation, and what was found."""
    found = judge_quotation(page(text), Passage("p", "s", quotation=words))
    return found.verdict, found.found


def changed(text: str, letters: int) -> str:
    """The text with so many letters changed, spread over all its words but one."""
    kept = range(text.index("signal"), text.index("signal") + 6)
    places = [at for first in range(6) for at in range(first, len(text) - 3, 7) if at not in kept]
    made = list(text)
    for at in places[:letters]:
        made[at] = "0"
    return "".join(made)


@pytest.mark.parametrize(("letters", "found"), [(20, True), (21, False)])
def test_a_stretch_is_the_words_altered_from_eighty_in_a_hundred_on(letters: int, found: bool) -> None:
    other = changed(HUNDRED, letters)
    assert fuzz.ratio(HUNDRED, other) == pytest.approx(100 - letters)
    assert bool(nearest_stretch(normalise(f"Then {other} again."), HUNDRED)) == found


@pytest.mark.parametrize(("letters", "verdict"), [(35, "altered"), (36, "not-found")])
def test_one_end_may_be_less_alike_where_the_other_stands(letters: int, verdict: str) -> None:
    text = f"The harbour was shut at noon and {changed(HUNDRED, letters)} again."
    sought = Passage("p", "s", "The harbour was shut", HUNDRED)
    assert explain_absence(page(text), sought).verdict == verdict


@pytest.mark.parametrize(("letters", "verdict"), [(10, "altered"), (11, "not-captured")])
def test_on_an_excerpt_lone_words_must_be_alike_to_nine_in_ten(letters: int, verdict: str) -> None:
    text = f"Then {changed(HUNDRED, letters)} again."
    assert explain_absence(page(text, excerpt=True), Passage("p", "s", HUNDRED)).verdict == verdict
    assert explain_absence(page(text), Passage("p", "s", HUNDRED)).verdict == "altered"


@pytest.mark.parametrize(("more", "verdict"), [(18, "spliced"), (19, "altered")])
def test_what_is_alike_to_92_in_a_hundred_was_not_put_together(more: int, verdict: str) -> None:
    start = f"the harbour quay by the old {'y' * more}"
    text = f"{start} three new barns. Elsewhere lay three old boats in the sun."
    assert (fuzz.ratio(f"{start} three old boats", f"{start} three new barns") > 92) == (verdict == "altered")
    assert quoted(text, f"{start} three old boats")[0] == verdict


@pytest.mark.parametrize(("letters", "verdict"), [(18, "altered"), (19, "spliced")])
def test_twenty_characters_between_two_parts_are_a_word_left_out(letters: int, verdict: str) -> None:
    one, other = "the harbour office was shut", "nobody told the brokers why"
    assert quoted(f"Then {one} {'z' * letters} {other} at all.", f"{one} {other}")[0] == verdict


@pytest.mark.parametrize(("times", "found"), [(8, "8 places"), (9, "9 places or more")])
def test_nine_places_are_looked_at(times: int, found: str) -> None:
    text = "The gate was shut. " * times
    assert quoted(text, "the gate was shut")[1] == found
    verdict = find_passage(page(text), Passage("p", "s", "The gate was shut"))
    assert verdict
    assert verdict.found == found


@pytest.mark.parametrize(("length", "verdict"), [(3000, "exact"), (3001, None)])
def test_a_passage_is_no_longer_than_three_thousand_characters(length: int, verdict: str | None) -> None:
    start, end = "The gate was shut", "by the port"
    text = f"{start} {'z' * (length - len(start) - len(end) - 2)} {end}"
    found = find_passage(page(text), Passage("p", "s", start, end))
    assert len(text) == length
    assert (found.verdict if found else None) == verdict


@pytest.mark.parametrize(("words", "verdict"), [("the port wal", "exact"), ("the port wa", "ambiguous")])
def test_fewer_than_twelve_characters_prove_nothing(words: str, verdict: str) -> None:
    text = f"x y {words} zz"
    found = find_passage(page(text), Passage("p", "s", words))
    assert found
    assert (found.verdict, quoted(text, words)[0]) == (verdict, verdict)


@pytest.mark.parametrize(("times", "found"), [(60, True), (61, False)])
def test_a_word_that_stands_there_more_than_sixty_times_is_no_clue(times: int, found: bool) -> None:
    others = f"{'z' * 60} officers {'z' * 60} " * (times - 1)
    text = normalise(f"officers carrled boxez awaj. {others}boxes alone")
    assert bool(nearest_stretch(text, "officers carried boxes away")) == found


@pytest.mark.parametrize(("count", "found"), [(12, True), (13, False)])
def test_the_twelve_longest_words_are_the_clues(count: int, found: bool) -> None:
    long = [f"abcdefghij{letter}" for letter in "klmnopqrstuvwxyz"[: count - 1]]
    text = normalise(" ".join([*(f"{word[:-2]}0{word[-1]}" for word in long), "gate"]))
    assert bool(nearest_stretch(text, " ".join([*long, "gate"]))) == found


DECOY = f"officers carried thirty {'k' * 80}. {'z' * 206} "
TRUE, SOUGHT = "officerz carried thirtz boxes awaz quicklz", "officers carried thirty boxes away quickly"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{DECOY * 2}{TRUE}.", True),  # the fifth place that has most of its words
        (f"{DECOY * 2}{TRUE}. {'z' * 100} officers {'z' * 20} carried thirty {'k' * 80}", False),  # the sixth
    ],
)
def test_the_five_places_with_most_of_the_words_are_compared(text: str, found: bool) -> None:
    assert bool(nearest_stretch(normalise(text), SOUGHT)) == found


def stretch_moved(before: int, longer: int) -> bool:
    """Whether the whole stretch is found, ``before`` characters into the page and so many longer than what is sought."""
    sought = f"harbour keeper master {'a' * 120} officers"
    text = f"{'z' * before} harbouq keepeq masteq {'a' * (120 + longer)} officers"
    near = nearest_stretch(normalise(text), sought, alike=50.0)
    return bool(near and near.start == before + 1)


def test_a_stretch_is_looked_for_near_where_its_words_say_that_it_begins() -> None:
    assert (stretch_moved(5, -30), stretch_moved(5, -31)) == (True, False)
    assert (stretch_moved(23, -48), stretch_moved(23, -49)) == (True, False)
    assert not stretch_moved(24, -30)


PARTS = (
    "officers took boxes",
    "ships left early",
    "cranes stood still",
    "brokers paid fees",
    "gates stayed shut",
)


@pytest.mark.parametrize(("count", "verdict"), [(4, "spliced"), (5, "not-found")])
def test_up_to_four_parts_are_put_together(count: int, verdict: str) -> None:
    text = ". Then nothing at all happened on that long quiet day. ".join(reversed(PARTS[:count]))
    assert quoted(f"{text}.", " ".join(PARTS[:count]))[0] == verdict


@pytest.mark.parametrize(("part", "verdict"), [("ships left early", "spliced"), ("ships left", "not-found")])
def test_a_part_has_three_words(part: str, verdict: str) -> None:
    text = f"{part.capitalize()}. Then nothing happened. Officers took boxes away."
    assert quoted(text, f"{part} officers took boxes")[0] == verdict


def test_two_words_are_like_nothing() -> None:
    assert nearest_stretch(normalise("the gate open"), "the gate opem")
    assert nearest_stretch(normalise("gate open"), "gate opem") is None


@pytest.mark.parametrize(("length", "told"), [(120, True), (121, False)])
def test_a_speaker_is_named_within_120_characters(length: int, told: bool) -> None:
    def who(pattern: str) -> bool:
        name = f"Ann {'B' + 'b' * (length - len(pattern.format('Ann  Roe', 'k' * 58)) - 1)} Roe"
        text = pattern.format(name, "k" * 58)
        assert len(text) == length
        behind = normalise(f'Then: "We paid,"{text} later. It rained.')
        before = normalise(f'It rained. {text[1:]} "We paid" and more.')
        one, other = (each.text.index("We paid") for each in (behind, before))
        found = speaker(behind, one, one + 7), speaker(before, other, other + 7)
        return found == (name, name)

    assert who(" {}, {}, said") == told


@pytest.mark.parametrize(("gap", "verdict"), [(600, "normalised"), (601, "altered")])
def test_an_ellipsis_leaves_out_six_hundred_characters(gap: int, verdict: str) -> None:
    text = f"They paid the fee {'z' * (gap - 2)} and left at noon."
    assert quoted(text, "They paid the fee … and left at noon")[0] == verdict


@pytest.mark.parametrize(("gap", "verdict"), [(60, "normalised"), (61, "altered")])
def test_brackets_stand_for_sixty_characters(gap: int, verdict: str) -> None:
    text = f"They paid the fee {'z' * (gap - 2)} and left at noon."
    assert quoted(text, "They paid the fee [of the port] and left at noon")[0] == verdict


@pytest.mark.parametrize(("times", "verdict"), [(6, "normalised"), (7, "spliced")])
def test_six_ways_to_go_on_are_tried(times: int, verdict: str) -> None:
    again = f"and left {'z' * 70} " * (times - 1)
    text = f"They paid the fee at once {again}and left at noon by boat."
    assert quoted(text, "They paid the fee … and left [at last] by boat")[0] == verdict


def test_eighty_characters_of_other_words_are_shown() -> None:
    assert describe_differences((("a" * 80, ""),)) == f"lacks {'a' * 80!r}"
    assert describe_differences((("a" * 81, ""),)) == f"lacks {'a' * 79 + '…'!r}"


@pytest.mark.parametrize(("hyphens", "found"), [(3, True), (4, False)])
def test_a_term_may_have_lost_three_hyphens_at_line_ends(hyphens: int, found: bool) -> None:
    parts = ["harbour", "gate", "and", "port", "wall"][: hyphens + 1]
    text = normalise("the " + "-\n".join(parts) + " stood")
    assert (text.broken("-".join(parts)) == "".join(parts)) == found


def test_three_ids_are_named() -> None:
    assert first_few(["a", "b", "c"]) == "a, b, c"
    assert first_few(["a", "b", "c", "d"]) == "a, b, c and 1 more"


def sentence(text: str, *, strong: bool = False) -> Sentence:
    return Sentence(1, 1, 1, "paragraph", text, strong=(TextSpan(0, len(text)),) if strong else ())


def test_eight_words_are_taken_for_a_sentence_and_four_in_bold_for_a_claim() -> None:
    assert states_fact(sentence("boxes on the quay beside the forty cranes"))
    assert not states_fact(sentence("boxes on the quay beside forty cranes"))
    assert states_fact(sentence("this is quite unexpected", strong=True))
    assert not states_fact(sentence("this is unexpected", strong=True))


def found_by(rule, folder: Path, *markdown: str, **made) -> list[str]:
    """What a rule finds in a case of its own."""
    return [finding.found for finding in rule.findings(context_of(folder, *markdown, **made))]


def test_thirty_letters_in_italics_are_no_word_that_is_named(tmp_path: Path) -> None:
    named, used = (f"They *admitted {'b' * letters}* there." for letters in (20, 21))
    assert (len(named), len(used)) == (43, 44)
    assert found_by(wording.verb_stronger, tmp_path, named) == []
    assert len(found_by(wording.verb_stronger, tmp_path, used)) == 1


def event(identity: str, day: str, **cells: str) -> tuple[str, dict[str, str]]:
    row = {"id": identity, "date": day, "category": "search", "title": "It happened", "summary": "So it did.",
        "status": "confirmed", "confidence": "high"}  # fmt: skip
    return "events", row | cells


def evidence(record: str, source: str = POST) -> tuple[str, dict[str, str]]:
    return "evidence", {"record": record, "source": source, "stance": "supports"}


@pytest.mark.parametrize(("day", "found"), [("11 May 2021", 0), ("12 May 2021", 1)])
def test_about_a_day_is_a_month_around_it(tmp_path: Path, day: str, found: int) -> None:
    rows = event("gate", "2021-04-10~"), evidence("gate")
    assert (
        len(found_by(dates_in_prose.other_day, tmp_path, f"On {day} it shut [@gate].", changed=rows)) == found
    )


@pytest.mark.parametrize(("last", "found"), [("13", 0), ("14", 1)])
def test_a_fact_of_up_to_four_days_lends_its_date_to_the_whole_sentence(
    tmp_path: Path, last: str, found: int
) -> None:
    rows = event("gate", f"2021-02-10/2021-02-{last}"), evidence("gate")
    text = f"On 11 February police came [@{RAID}], and the gate was shut [@gate]."
    assert len(found_by(dates_in_prose.other_day, tmp_path, text, changed=rows)) == found


@pytest.mark.parametrize(("day", "found"), [("2021-03-03", 0), ("2021-03-04", 1)])
def test_a_page_may_be_of_the_day_before(tmp_path: Path, day: str, found: int) -> None:
    rows = event("gate", day), evidence("gate")
    assert (
        sum(
            day in said
            for said in found_by(dates_in_tables.only_announced, tmp_path, "Nothing.", changed=rows)
        )
        == found
    )


@pytest.mark.parametrize(
    ("says", "value", "another"),
    [
        ("about 40 boxes", 50, False), ("about 40 boxes", 51, True), ("40 boxes", 45, False), ("40 boxes", 46, True),
    ],
)  # fmt: skip
def test_about_is_twice_as_rough(says: str, value: float, another: bool) -> None:
    assert says_another(says, FactNumber(Decimal(value), words=stems("boxes"))) == another


def test_forty_characters_around_a_typed_number_are_shown(tmp_path: Path) -> None:
    text = f"{'a' * 30} {'b' * 20} was paid 38 times {'c' * 20} {'d' * 30} by Roe."
    (found,) = found_by(numbers.typed_by_hand, tmp_path, text)
    before, _, after = found.partition("is typed: ")[2].partition("38")
    assert (len(before), len(after)) == (1 + 40, 40 + 1)


@pytest.mark.parametrize(("letters", "whole"), [(60, True), (61, False)])
def test_sixty_characters_of_a_quotation_are_shown(tmp_path: Path, letters: int, whole: bool) -> None:
    words = "nobody was told " + "a" * (letters - 16)
    (found,) = found_by(passages.quotation_uncited, tmp_path, f"They wrote: “{words}”.")
    assert found.startswith(f"“{words if whole else words[:59] + '…'}”")


#: How alike two wordings must be, by where they stand (the same cell, the same notebook, another) and by their marks (the
#: same, some, none in common).
LIKENESS = {
    ("n", "a"): {("m", "m"): 55.0, ("m", ""): 66.0, ("m", "x"): 93.0},
    ("n", "b"): {("m", "m"): 68.0, ("m", ""): 80.0, ("m", "x"): 95.0},
    ("o", "a"): {("m", "m"): 84.0, ("m", ""): 90.0, ("m", "x"): 96.0},
}


@pytest.mark.parametrize(
    ("place", "marks", "alike"),
    [(place, marks, alike) for place, row in LIKENESS.items() for marks, alike in row.items()],
)
def test_how_alike_a_statement_stays(place: tuple[str, str], marks: tuple[str, str], alike: float) -> None:
    def known(letters: int) -> bool:
        mine, theirs = (frozenset(filter(None, (mark,))) for mark in marks)
        old = PlacedSentence("n", "a", 1, HUNDRED, mine)
        new = PlacedSentence(*place, 1, changed_anywhere(letters), theirs)
        return match_statements([old], [new]) == [0]

    assert known(round(100 - alike))
    assert not known(round(100 - alike) + 1)


def changed_anywhere(letters: int) -> str:
    return "0" * letters + HUNDRED[letters:]


@pytest.mark.parametrize(("text", "known"), [("It was paid here", True), ("It was paid now", False)])
def test_sixteen_characters_can_be_called_alike(text: str, known: bool) -> None:
    old, new = PlacedSentence("n", "a", 1, text), PlacedSentence("n", "a", 1, f"{text[:-1]}x")
    assert len(text) == (16 if known else 15)
    assert match_statements([old], [new]) == [0 if known else None]


def sources(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Sources from (id, publisher, title, tier, issued)."""
    frame = pd.DataFrame(rows, columns=["id", "publisher", "title", "tier", "issued"]).assign(url="")
    return frame.join(date_columns(frame["issued"]))


def meant(told: str, *, report: str = "2021-03-02", tier: str = "secondary", title: str = "") -> str:
    """Which source of the Post a page of 13 April 2021 means that tells so."""
    title = title or "anchors berths cranes docks"
    newsroom = Newsroom(sources(
        ("1", "Post", title, tier, report), ("2", "Digest", "unlike", "aggregator", "2021-04-13"),
    ))  # fmt: skip
    return newsroom.meant("2", Credit("Post", "says the Post", True), told)


def test_a_credited_source_is_the_one_half_of_whose_title_the_page_tells() -> None:
    assert meant("anchors and berths") == "1"
    assert meant("anchors alone") == ""
    title = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[:25])
    assert meant(" ".join(title.split()[:13]), title=title) == "1"
    assert meant(" ".join(title.split()[:12]), title=title) == ""


def test_a_report_of_the_last_six_weeks_needs_a_quarter_of_its_title() -> None:
    of_the_post = {"tier": "original-reporting"}
    assert meant("anchors alone", report="2021-03-03", **of_the_post) == "1"
    assert meant("anchors alone", report="2021-03-02", **of_the_post) == "", (
        "six weeks are not less than six weeks"
    )
    title = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[:25])
    near = {"report": "2021-03-03", "title": title, **of_the_post}
    assert (meant("worda wordb wordc wordd worde wordf wordg", **near), meant("worda wordb wordc wordd worde wordf", **near)) == ("1", "")  # fmt: skip


@pytest.mark.parametrize(("day", "found"), [("2021-04-14", "1"), ("2021-04-15", "")])
def test_a_source_may_be_of_the_day_after_by_its_own_clock(day: str, found: str) -> None:
    assert meant("anchors berths cranes docks", report=day) == found


@pytest.mark.parametrize(("words", "found"), [(15, "1"), (14, "")])
def test_a_page_tells_what_a_report_told_from_six_in_ten_words_on(words: int, found: str) -> None:
    title = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[:25])
    newsroom = Newsroom(sources(
        ("1", "Post", title, "original-reporting", "2021-04-02"), ("2", "Digest", "unlike", "aggregator", "2021-04-13"),
    ))  # fmt: skip
    assert newsroom.told_before("2", " ".join(title.split()[:words])) == found


@pytest.mark.parametrize(("many", "found"), [(300, True), (301, False)])
def test_a_word_of_more_than_three_hundred_titles_tells_none_apart(many: int, found: bool) -> None:
    rows = [(str(number), "Post", "anchor", "secondary", "2021-03-02") for number in range(many)]
    rows += [("page", "Digest", "unlike", "aggregator", "2021-03-03")]
    assert bool(Newsroom(sources(*rows)).meant("page", Credit("Post", "", True), "an anchor")) == found


def test_a_name_has_three_letters() -> None:
    assert (publisher_names("BBC"), publisher_names("FT")) == (("BBC",), ())


def shared_text(words: int) -> tuple[str, str]:
    """Two texts of 24 words, which are 20 runs of five, that share their first ``words``."""
    one = [f"a{number}" for number in range(24)]
    return " ".join(one), " ".join([*one[:words], *(f"b{number}" for number in range(24 - words))])


@pytest.mark.parametrize(("words", "kinds"), [(14, ["reuse"]), (13, ["kin"])])
def test_a_page_of_which_half_is_in_another_copies_it(words: int, kinds: list[str]) -> None:
    one, other = shared_text(words)
    rows = sources(
        ("1", "Post", "raid", "original-reporting", "2021-03-02"), ("2", "Digest", "unlike", "aggregator", "2021-03-03"),
        ("3", "Echo", "other", "aggregator", "2021-03-04"),
    )  # fmt: skip
    pages = pd.DataFrame({"id": ["1", "2", "3"], "text": [one, other, f"{other} says the Post of the raid"]})
    found = find_repetitions(pages, rows)
    assert found.loc[found["source"].eq("2"), "kind"].tolist() == kinds


def test_runs_have_five_words_and_two_are_needed() -> None:
    def shared(words: int) -> int:
        return len(rare_phrases(corpus(shared_text(words))))

    assert (shared(6), shared(5)) == (1, 0)


@pytest.mark.parametrize(("texts", "pairs"), [(30, 435), (31, 0)])
def test_a_run_that_more_than_thirty_texts_hold_is_not_rare(texts: int, pairs: int) -> None:
    found = corpus([f"the gate was shut by night then x{number}" for number in range(texts)])
    assert len(rare_phrases(found)) == pairs


def test_of_many_copies_each_is_compared_with_the_earliest_twelve() -> None:
    text, many = shared_text(24)[0], 14
    found = shared_runs(corpus([text] * many), np.arange(many))
    assert found.groupby("other").size().to_dict() == {n: min(n, 12) for n in range(1, many)}


def test_the_bands_find_most_pairs_that_are_alike_by_a_fifth() -> None:
    texts = []
    for number in range(300):
        common = [f"c{number}x{at}" for at in range(11)]
        texts += [" ".join([*common, *(f"{side}{number}x{at}" for at in range(13))]) for side in "ab"]
    found = shared_runs(corpus(texts), np.arange(len(texts)))
    assert set(found["alike"]) == {0.21}
    assert len(found) == 289, "of 300"


@pytest.mark.parametrize(("words", "first"), [(64, True), (63, False)])
def test_runs_of_more_than_64_words_count_as_equally_long(words: int, first: bool) -> None:
    one, other = ([f"{letter}{at}" for at in range(80)] for letter in "ab")
    text = " ".join([*one[:words], "x", *other])
    found = longest_shared(text, " ".join([*other, "y", *one[:words]]))
    assert found.startswith("a0" if first else "b0")


@pytest.mark.parametrize(("count", "words"), [(10, "Ten pages"), (11, "11 pages")])
def test_numbers_up_to_ten_are_words(count: int, words: str) -> None:
    table = pd.DataFrame({
        "id": [str(n) for n in range(count)], "publisher": "Post", "tier": "secondary", "read": "full", "derived_from": [()] * count,
    })  # fmt: skip
    assert lineage_sentence(lineage(table), table).startswith(words)
