"""Figures instead of beliefs: how good drafts are, measured the same way for every engine.

No figure here needs a judge: each compares what is drafted with labels that people made, or with
what can be counted.
"""

from bot.evals.contenders import ENGINES
from bot.evals.estimates import Estimate
from bot.evals.measuring import Report, Wish, measure
from bot.evals.results import Result
from bot.evals.suites import SUITES
from bot.evals.tables import Change, Row

__all__ = [
    "ENGINES",
    "SUITES",
    "Change",
    "Estimate",
    "Report",
    "Result",
    "Row",
    "Wish",
    "measure",
]
