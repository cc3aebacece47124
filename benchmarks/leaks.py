"""How many secrets the leak scan finds in texts, and how many texts without one it takes for one with.

``python benchmarks/leaks.py tuning`` scores the half that the scan was written on; ``unseen`` is for the end, once.
With ``list`` behind it, each text that is misjudged is printed.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.secret_texts import SecretText, secret_texts  # noqa: E402


def table(texts: list[SecretText]) -> str:
    """A row for each kind of secret and for each language: how many were found, and false alarms."""
    groups: dict[str, list[SecretText]] = defaultdict(list)
    for text in texts:
        if text.kind:
            groups[text.kind].append(text)
    for text in texts:
        groups[text.language].append(text)
    groups["all"] = texts
    lines = [f"{'':16}{'found':>10}{'false alarms':>15}"]
    for name, members in groups.items():
        secret = [bool(text.found) for text in members if text.kind]
        sound = [bool(text.found) for text in members if not text.kind]
        alarms = f"{sum(sound)}/{len(sound)}" if sound else ""
        lines.append(f"{name:16}{f'{sum(secret)}/{len(secret)}':>10}{alarms:>15}")
    return "\n".join(lines)


if __name__ == "__main__":
    chosen = secret_texts(sys.argv[1])
    print(table(chosen))
    if "list" in sys.argv:
        for text in chosen:
            if bool(text.found) != bool(text.kind):
                print(text.kind or "none", "|", text.text, text.found)
