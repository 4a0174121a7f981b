"""What is measured: one file a suite, each with its cases and what one of them gives."""

from bot.evals.suites.balance import BALANCE
from bot.evals.suites.citations import CITATIONS
from bot.evals.suites.consensus import CONSENSUS
from bot.evals.suites.coverage import COVERAGE
from bot.evals.suites.memory import MEMORY
from bot.evals.suites.replies import REPLIES
from bot.evals.suites.structure import STRUCTURE
from bot.evals.suites.summaries import SUMMARIES
from bot.evals.suites.swap import SWAP

SUITES = {
    suite.name: suite
    for suite in (
        STRUCTURE,
        COVERAGE,
        CITATIONS,
        BALANCE,
        SWAP,
        CONSENSUS,
        REPLIES,
        SUMMARIES,
        MEMORY,
    )
}

__all__ = ["SUITES"]
