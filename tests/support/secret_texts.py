"""Texts with a secret in each and texts with none, all invented, in four languages; half of them unseen until the end."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from kit.text.secrets.names import SecretName
from kit.text.secrets.signs import signs_in

FOLDER = Path(__file__).parent.parent / "reporting" / "secrets"


@dataclass(frozen=True)
class SecretText:
    """A text in a language, the ``kind`` of secret in it ('' for none), and the ``term`` that its case withholds."""

    language: str
    kind: str
    term: str
    text: str

    @property
    def found(self) -> list[str]:
        named = [*SecretName(self.term).found_in(self.text)] if self.term else []
        return [*named, *(words for _, words in signs_in(self.text))]


def secret_texts(half: str) -> list[SecretText]:
    """The texts of ``tuning`` or ``unseen``."""
    with (FOLDER / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return [SecretText(**row) for row in csv.DictReader(file)]
