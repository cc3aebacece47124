"""What gives a person or a machine away by its shape: addresses, keys, passwords, accounts, a notebook's own data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.text.secrets.locations import LOCATIONS
from kit.text.secrets.randomness import looks_random
from kit.text.secrets.sign import Sign
from kit.text.secrets.telephone import TELEPHONE

_KEY = "take it out, and make a new one: whoever saw it can use it"
_KEYS = (
    ("an AWS key", ("AKIA", "ASIA", "ABIA", "ACCA"), r"(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("a GitHub token", ("gh", "github_pat_"), r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})"),
    ("a GitLab token", ("glpat-",), r"(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", ("xox", "hooks.slack"), r"(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/T\w+/B\w+/\w+"),
    ("a secret key", ("sk-", "sk_"), r"(?<![A-Za-z0-9])sk[-_](?:ant-|proj-|live_|test_|svcacct-)?[A-Za-z0-9_-]{20,}"),
    ("a Google key", ("AIza",), r"(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}"),
    ("a Hugging Face token", ("hf_",), r"(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}"),
    ("a web token (JWT)", ("eyJ",), r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    ("a private key", ("PRIVATE KEY",), r"BEGIN (?:[A-Z]+ )*PRIVATE KEY"),
    ("a password in an address", ("://",), r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>]+:[^\s/@\"'<>]{3,}@[\w.-]+"),
)  # fmt: skip
_GENERIC = re.compile(
    r"(?:key|token|secret|password|passwd|pwd|bearer|authorization)"
    r"[\"'\s]{0,3}(?:[=:]|\s)[\"'\s]{0,3}(?:bearer\s+)?([A-Za-z0-9+/_=-]{16,})",
    re.IGNORECASE,
)
_PASSWORDS = (
    "password|passwd|passwort|kennwort|passphrase|passcode|mot de passe|contrase(?:ñ|n)a|wachtwoord|senha|parola"
    "|has(?:ł|l)o|пароль|(?<![a-z])(?:pwd|mdp|pw)"
)
_PASSWORD = (
    rf"(?:{_PASSWORDS})[\"']?(?:\s?=\s?(?!none|null|true|false|[\w.]+\()[\"']?[^\s\"'<>&;,]{{4,}}"
    r"|(?:\s?:|\s(?:is|lautet|ist|est|es|to))\s?(?:(?=[^\s]{0,60}\d)(?=[^\s]{0,60}[^\W\d_])[^\s\"'“”„<>]{5,}|[\"“„«][^\"”“»<>\n]{6,60}[\"”“»]))"
    r"|(?-i:(?<![A-Z])PIN)(?:-?code)?\s?[:=]\s?\d{4,8}(?!\d)"
)

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_NOTEBOOK = (
    r"iopub\.(?:execute_input|status\.\w+)|shell\.execute_reply|vnd\.jupyter\.widget-(?:state|view)"
    r"|\"(?:kernelspec|language_info|papermill|ExecuteTime|toc-hr-collapsed)\""
)
_EMAIL = (
    r"(?<![\w.+%-])[^\W_][\w.+%-]{0,63}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![\w@])"
    r"|(?<![\w.+%-])[^\W_][\w.+%-]{0,63} ?(?:\(at\)|\[at\]) ?[A-Za-z0-9-]+(?: ?(?:\.|[(\[](?:dot|punkt|point)[)\]]) ?[A-Za-z0-9-]+)+"
)

EMAIL = Sign(
    "an e-mail address",
    re.compile(_EMAIL),
    "take it out, or make it the case's contact",
    ("@", "(at)", "[at]"),
)
#: Those that a page's end may part in two.
UNBROKEN = (
    EMAIL,
    *(Sign(name, re.compile(shape), _KEY, hints) for name, hints, shape in _KEYS),
    Sign("a key or a password", _GENERIC, _KEY, holds=lambda match: looks_random(match[1])),
)


def _adds_up(account: re.Match[str]) -> bool:
    """Whether the check digits of an IBAN are right."""
    plain = account[0].replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


SIGNS = (
    *UNBROKEN,
    Sign("a password", re.compile(_PASSWORD, re.IGNORECASE), "take it out, and have it changed"),
    TELEPHONE,
    *LOCATIONS,
    Sign("a bank account", _IBAN, "take it out", holds=_adds_up),
    Sign(
        "a notebook's own data",
        re.compile(_NOTEBOOK),
        "clear it: in JupyterLab, Edit → Clear Outputs, or delete the metadata",
    ),
)


def signs_in(text: str, signs: tuple[Sign, ...] = SIGNS) -> Iterator[tuple[Sign, str]]:
    """Each of the ``signs`` in the text, and the words that show it.

    >>> [(sign.name, found) for sign, found in signs_in("write to jane@paper.example or +44 20 7946 0018")]
    [('an e-mail address', 'jane@paper.example'), ('a telephone number', '+44 20 7946 0018')]
    """
    for sign in signs:
        yield from ((sign, found) for found in sign.found(text))
