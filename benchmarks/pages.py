"""How large the report's pages are, and how soon each can be used in Chromium: until it is laid out and answers the
keyboard, and until its first chart answers the pointer. Medians of five fresh windows; no chart where there is none.

kit report, then: python benchmarks/pages.py [FOLDER]
"""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

_ROUNDS = 5
_READY = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_DRAWN = """async () => {
  const first = document.querySelector("figure[data-chart]");
  if (!first) return null;
  first.scrollIntoView();
  const asked = performance.now();
  while (!first.querySelector(".vega-embed svg")) await new Promise(requestAnimationFrame);
  return performance.now() - asked;
}"""


def measured(browser: Any, path: Path) -> tuple[float, float | None]:
    """Milliseconds until the page is ready, and from reaching its first chart until that is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    found = page.evaluate(_READY), page.evaluate(_DRAWN)
    context.close()
    return found


def main() -> None:
    """Print a line a page."""
    from playwright.sync_api import sync_playwright

    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "reports/public").resolve()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for path in sorted(folder.glob("*.html")):
            rounds = [measured(browser, path) for _ in range(_ROUNDS)]
            ready = statistics.median(first for first, _ in rounds)
            drawn = [second for _, second in rounds if second is not None]
            chart = f"{statistics.median(drawn):5.0f} ms to draw its first chart" if drawn else "no chart"
            print(f"{path.stem:30} {path.stat().st_size / 1e6:5.2f} MB {ready:5.0f} ms to be ready, {chart}")
        browser.close()


if __name__ == "__main__":
    main()
