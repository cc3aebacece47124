"""What a reporter works with in JupyterLab: the event explorer."""

from __future__ import annotations

from kit.desk.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
