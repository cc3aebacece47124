"""Invented pages about a harbour, the same ones each time: every page is drawn from its number."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime

from kit.evidence.passages.capture_text import CaptureText

_NAMES = (
    "Ann Roe",
    "Ben Doe",
    "Cleo Vance",
    "Dario Quist",
    "Esther Molnár",
    "Farid Aziz",
    "Greta Lund",
    "Hugo Pires",
)
_FIRMS = (
    "Northgate Ports",
    "Tidewater Data",
    "Pilot & Quay",
    "Salt Harbour Trust",
    "Beacon Freight",
    "Isthmus Lines",
)
_THINGS = (
    "berths",
    "cranes",
    "pilots",
    "manifests",
    "tariffs",
    "permits",
    "tenders",
    "moorings",
    "ledgers",
    "dredgers",
)
MONTHS = ("January", "March", "May", "July", "September", "November")
_FACTS = (
    "{firm} cut the access of {other} to its {thing} on {day} {month} without naming a reason",
    "The board of {firm} voted {n} to {m} to raise the fee for {thing} to ${sum} a month",
    "{n} brokers had not paid for {thing} when {firm} closed the gate in {month}",
    "In {month} the US office of {firm} counted {sum} calls a day on its list of {thing}",
    "A notice dated {day} {month} gives {other} {n} days to return the {thing} it holds",
    "Neither {firm} nor {other} would say how many {thing} the contract of {month} covers",
    "About {n}% of the {thing} at the quay were never inspected, a count of {month} shows",
    "The regulator’s first report on {firm} does not mention {thing}, nor the {sum} papers it was sent",
    "{firm} first denied and later confirmed that {other} was its largest customer for {thing} in {month}",
    "Work on the {thing} resumed {n} days after {other} lodged its complaint of {day} {month}",
    "The long-promised register of {thing} — {n} entries, none checked — opened to {other} on {day} {month}",
    "Two self-described friends of {firm} wrote ${sum} into the books for {thing} that {other} never ordered",
    "Until {month} the tide-tables of {firm} were free; {other} now pays {n} cents for each of its {thing}",
    "An auditor found {sum} entries for {thing} in the name of {other}, of which {n} were not signed",
    "It was {month} before the US coast guard learned that {firm} had let its {thing} lapse for {n} weeks",
    "Minutes of {day} {month} show that {other} offered to share {thing} and that {firm} refused {n} times",
)
_SPEECH = (
    "We did not sell our {thing} to {other}, and we never will",
    "The {thing} were ours until {month}, and {n} of them were returned broken",
    "Nobody at {firm} told us that the {thing} would be closed on {day} {month}",
    "Our lawyers count {n} breaches over {thing}, none of them answered since {month}",
    "If {other} pays the ${sum} it owes, it may use the {thing} again in {month}",
    "My members lost {n} days of work over those {thing}, and no one has ever said sorry",
    "Ask {other} how many {thing} it kept for itself in {month}; I was never shown the list",
    "There is no rule that makes us lend our {thing} to a rival, whatever {firm} says",
)


@dataclass(frozen=True)
class Page(CaptureText):
    """A capture as the index takes it, and the sentences it was made of."""

    facts: tuple[str, ...] = ()
    speech: tuple[tuple[str, str], ...] = ()


def page(number: int) -> Page:
    """The invented page of that number: paragraphs of facts, and people quoted in curly quotation marks.

    Pages of odd and of even number have no sentence in common.
    """
    draw = random.Random(number)
    half = number % 2
    facts = [_filled(form, draw) for form in draw.sample(_FACTS[half::2], 8)]
    people = draw.sample(_NAMES, 4)
    forms = draw.sample(_SPEECH[half::2], 4)
    speech = [(who, _filled(form, draw)) for who, form in zip(people, forms, strict=True)]
    lines = [f"{fact}." for fact in facts]
    blocks = [" ".join(lines[:3])]
    for (who, words), fact in zip(speech, lines[3:7], strict=True):
        blocks.append(f"{fact} “{words},” said {who}, who speaks for {draw.choice(_FIRMS)}.")
    blocks.append(lines[7])
    when = datetime(2021, 3, 1 + number % 28, tzinfo=UTC)
    source = f"harbour-page-{number:03}"
    text = "\n\n".join(blocks)
    return Page(f"{source}-a", source, when, False, text, facts=tuple(facts), speech=tuple(speech))


def _filled(form: str, draw: random.Random) -> str:
    firm, other = draw.sample(_FIRMS, 2)
    cells = {"n": draw.randint(13, 98), "m": draw.randint(2, 12), "day": draw.randint(2, 28)}
    sum_ = f"{draw.randint(11, 990)},{draw.randint(100, 999)}"
    thing, month = draw.choice(_THINGS), draw.choice(MONTHS)
    return form.format(firm=firm, other=other, thing=thing, month=month, sum=sum_, **cells)
