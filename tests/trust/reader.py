"""What a reader gets of a topic: every card, every command's output, every document."""

from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO

from bot.cli import render
from bot.cli.output import show
from bot.client.views.answer import answer_card
from bot.client.views.card import stretch_card, summary_card
from bot.client.views.layout import Layout
from bot.client.views.people import people_card
from bot.client.views.suggestions import suggestions_card
from bot.core.summary import Answer, Evidence, Suggestions, Summary, Text
from tests.cli.screen import printed
from tests.client.views.screen import read
from tests.client.views.taken import links, taken_by_discord

SINCE = "since your last visit"
WIDTH = 4_000
"""Columns, so that no line of a terminal is broken."""


@dataclass(frozen=True)
class Shown:
    """What one reader asked for and got."""

    summary: Summary
    stretch: Summary
    suggestions: Suggestions
    answer: Answer
    question: str

    @property
    def results(self) -> tuple[Summary, Summary, Suggestions, Answer]:
        """All four."""
        return self.summary, self.stretch, self.suggestions, self.answer

    @property
    def rejected(self) -> set[str]:
        """Why something of the model's was thrown out."""
        return {each.reason for result in self.results for each in result.receipt.rejected}

    def texts(self) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
        """Every text that may be a model's own: where it stands, its words and its evidence."""
        for brief in (self.summary, self.stretch):
            yield from (("brief", *_words(text)) for text in brief.front)
            yield from (("title", point.title, point.text.evidence) for point in brief.points)
            yield from (("heading", heading, ()) for heading in brief.headings)
            yield from (("line", each.stand or "", each.evidence) for each in brief.people)
        for draft in self.suggestions.suggestions:
            yield "draft", draft.text, draft.evidence
            yield "beyond", draft.beyond or "", ()
        if self.answer.answer:
            yield "answer", *_words(self.answer.answer)

    def quotes(self) -> Iterator[Evidence]:
        """All quotes."""
        for _, _, evidence in self.texts():
            yield from evidence
        yield from (*self.stretch.to_you, *self.answer.nearest)

    def cards(self) -> list[str]:
        """Every card as it would be sent, without its links to messages.

        Fails where Discord would not take one, or where a link leads anywhere else.
        """
        layouts: list[Layout] = [
            summary_card(self.summary),
            stretch_card(self.stretch, SINCE),
            *(
                people_card(brief, page)
                for brief in (self.summary, self.stretch)
                for page in (1, 2)
            ),
            suggestions_card(self.suggestions),
            answer_card(self.answer, self.question),
        ]
        for layout in layouts:
            taken_by_discord(layout)
            assert all(url.startswith("https://discord.com/channels/") for _, url in links(layout))
        return [read(layout).replace("](https://discord.com/channels/", "](") for layout in layouts]

    def terminal(self) -> list[str]:
        """What the commands print on a terminal."""
        parts = (
            render.summary(self.summary, whole=True),
            render.summary(self.stretch, SINCE, whole=True),
            render.suggestions(self.suggestions),
            render.answer(self.answer),
        )
        return [printed(part, width=WIDTH) for part in parts]

    def documents(self) -> list[str]:
        """What the commands print with --json."""
        return [_document(each) for each in self.results]


def _words(text: Text) -> tuple[str, tuple[Evidence, ...]]:
    return text.text, text.evidence


def _document(result: object) -> str:
    with redirect_stdout(StringIO()) as out:
        show(result, True, str)
    return out.getvalue()
