"""Run the notebooks and print what other people read."""

from kit.reporting.build import report
from kit.reporting.run import run
from kit.reporting.verify import verify

__all__ = ["report", "run", "verify"]
