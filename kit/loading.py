"""Libraries loaded without a part of them that takes seconds to load and that nothing here asks for."""

from __future__ import annotations

import sys


def spare_address_parsers() -> None:
    """Nothing; jsonschema, which Altair and nbformat bring along, is loaded without its checker of web addresses.

    That checker builds 38 parsers as it is loaded, which takes each kernel two seconds or more, and no chart and no
    notebook has an address to check (python-jsonschema, issue 1428). Where jsonschema is loaded already, it stays as
    it is; whoever wants the parsers can still import them.

    >>> spare_address_parsers()
    """
    parsers = "rfc3987_syntax"
    if "jsonschema" in sys.modules or parsers in sys.modules:
        return
    sys.modules[parsers] = None  # type: ignore[assignment]  # importing it fails, and jsonschema does without
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[parsers]
