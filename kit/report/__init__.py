"""Run the notebooks and print what other people read."""

from kit.report.build import report
from kit.report.run import run

__all__ = ["report", "run"]
