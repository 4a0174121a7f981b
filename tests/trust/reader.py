"""What a reader gets of a topic: every card, every command's output, every document."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.cli import render
from bot.client.views.answer import answer_card
from bot.client.views.card import quotes_card, summary_card
from bot.client.views.changes import changes_card
from bot.client.views.layout import Layout
from bot.client.views.suggestions import suggestions_card
from bot.core.inert import json_text
from bot.core.summary import Answer, CatchUp, Quote, Suggestions, Summary
from tests.cli.screen import printed
from tests.client.views.screen import read
from tests.client.views.taken import taken_by_discord


@dataclass(frozen=True)
class Shown:
    """What one reader asked for and got."""

    summary: Summary
    suggestions: Suggestions
    answer: Answer
    catch_up: CatchUp
    question: str

    @property
    def results(self) -> tuple[Summary, Suggestions, Answer, CatchUp]:
        """All four."""
        return self.summary, self.suggestions, self.answer, self.catch_up

    def quotes(self) -> Iterator[Quote]:
        """All quotes."""
        for each in (*self.summary.viewpoints, *self.summary.questions):
            yield from each.evidence
        for each in (*self.suggestions.suggestions, *self.catch_up.changes, self.answer):
            yield from each.evidence

    def cards(self) -> list[str]:
        """Every card as it would be sent, all pages; fails where Discord would not take one."""
        layouts: list[Layout] = [
            *(summary_card(self.summary, page) for page in range(1, 4)),
            *(quotes_card(self.summary, page) for page in range(1, 4)),
            suggestions_card(self.suggestions),
            answer_card(self.answer, self.question),
            changes_card(self.catch_up),
        ]
        for layout in layouts:
            taken_by_discord(layout)
        return [read(layout) for layout in layouts]

    def terminal(self) -> list[str]:
        """What the commands print on a terminal."""
        parts = (
            render.summary(self.summary),
            render.suggestions(self.suggestions),
            render.answer(self.answer),
            render.catch_up(self.catch_up),
        )
        return [printed(part) for part in parts]

    def documents(self) -> list[str]:
        """What the commands print with --json."""
        plain = (json.dumps(asdict(each), default=str) for each in self.results)
        return [json_text(json.loads(each)) for each in plain]
