"""The words that every form of the packet prints: its instructions, and what it says of a statement."""

from __future__ import annotations

from kit.factcheck.content.packet import Entry, Packet

#: Said of a fact that stands in the tables without a source.
NO_SOURCE = "No source in our tables carries it."
#: Each status as it is shown.
STATUS_SHOWN = {"unchecked": "unchecked", "checked": "checked", "wrong": "wrong", "needs-work": "needs work"}
#: Headings and lines of the cover.
COVER = (
    (
        "How to check",
        (
            "Write your name and the day above, once; a mark below that has neither of its own takes them from there.",
            "Read each sentence against its evidence. Open the page with the link, or the archived copy, and find the passage.",
            "Choose a status: checked, wrong, or needs work. Leave it unchecked if you did not look.",
            "Say more in a comment on the sentence or on its evidence. You may change the sentence itself, best with changes tracked: a changed sentence comes back as a proposal.",
            "Move text about as you like, but leave the ids (s-0001) standing: by them your marks find their way back.",
            "Save as .docx and send the file back. A mark holds for the wording you saw: when the sentence changes, it is unchecked again.",
        ),
    ),
    (
        "What is printed",
        (
            "Under each sentence: what kinds of things there are to check, where it stands, the facts and numbers it rests on, and the evidence for each.",
            "The verdict after a passage says whether its words were found in our own capture of the page, and on which day.",
            "Origins say how many of the pages tell a story first-hand. Many pages can repeat one report.",
            "“No evidence” means that nothing in the text leads from the sentence to a source. It may be a summary of what stands around it, or it may lack a source.",
        ),
    ),
)


def counted(packet: Packet) -> str:
    """What the packet holds, in a line."""
    counts = packet.counts()
    told = [f"{counts['statements']} statements", f"{counts['without evidence']} without evidence"]
    told += [f"{counts[status]} {shown}" for status, shown in STATUS_SHOWN.items() if status in counts]
    return ", ".join(told)


def headline(entry: Entry) -> str:
    """Where a statement stands and what there is to check in it."""
    looked = f"Check: {', '.join(entry.kinds) or 'what it says'}. "
    context = entry.statement.sentence.context
    table = f", in a table ({context})" if context else ", headline of a chart" if entry.drawn else ""
    return f"{looked}{entry.place[:1].upper()}{entry.place[1:]}{table}."


def why_bare(entry: Entry) -> str:
    """Why a statement without evidence has none."""
    if entry.facts or entry.again:
        return "The text names a fact, and no source in our tables carries it."
    return "No mark in the text leads from this sentence to a fact, a source or a computed number."


def note_of(entry: Entry) -> str:
    """What a checker has to know of an earlier mark; blank where there is nothing."""
    standing = entry.standing
    return f"Changed since it was {standing.before}: {standing.changed}." if standing.changed else ""
