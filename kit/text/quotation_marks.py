"""Words between quotation marks, of whatever kind, and apostrophes told apart from them."""

from __future__ import annotations

import re

#: A mark that opens stands behind a space, a bracket or another mark; inches and feet do not.
_BEFORE = r"(?<![^\s(\[—–“„«»‹›「『/:])"
_QUOTED = re.compile(
    "|".join((
        r"„([^„“”]+)[“”]", r"“([^“”]+)”", r"«([^«»]+)»", rf"{_BEFORE}»(?=\S)([^«»]+)«", r"‹([^‹›]+)›",
        rf"{_BEFORE}›(?=\S)([^‹›]+)‹", r"「([^「」]+)」", r"『([^『』]+)』", rf"{_BEFORE}\"([^\"]+)\"", rf"{_BEFORE}[″〝]([^″〞]+)[″〞]",
        rf"{_BEFORE}‘(?!\d\ds?\b)(?=\S)((?:[^‘’]|(?<=\w)’(?=\w)|(?<=s)’(?= [a-z][^‘]*[.,!?]’))+)’(?!\w)",
        rf"{_BEFORE}‚(?=\S)([^‚‘]+)[‘’](?!\w)",
    ))
)  # fmt: skip


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where the words between quotation marks begin and stop, in order; a quotation within one is part of it.

    >>> text = "He said »nein«, ‘the harbour’s shut’ and 6″ of the workers’ «rail»."
    >>> [text[start:stop] for start, stop in quoted_spans(text)]
    ['nein', 'the harbour’s shut', 'rail']
    """
    return [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]
