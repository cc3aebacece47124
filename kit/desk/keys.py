"""Keys pressed inside the explorer go to its controls, not to the notebook around it."""

from __future__ import annotations

import anywidget

#: JupyterLab takes letters and arrows pressed in a list for commands of its own ("d d" deletes the cell), unless the
#: element that has the focus says that it must not: Lumino, on which JupyterLab stands, looks there for this mark.
_SCRIPT = """
function render({ el }) {
  let tries = 0;
  const own = (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  const mark = () => {
    const box = el.parentElement?.closest(".widget-vbox");
    if (box) box.addEventListener("focusin", own);
    else if (tries++ < 600) requestAnimationFrame(mark);
  };
  mark();
}
export default { render };
"""


class OwnKeys(anywidget.AnyWidget):
    """An invisible widget that keeps the keys pressed in the box around it from the notebook's commands."""

    _esm = _SCRIPT
