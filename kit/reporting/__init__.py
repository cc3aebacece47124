"""Run the notebooks and print what other people read."""

from kit.reporting.build import report
from kit.reporting.run import run

__all__ = ["report", "run"]
