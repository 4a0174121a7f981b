"""LLMEngine: each use is one prompt, one shape of answer, and the checks that it must pass."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.arrangement import Grouping, Merge
from bot.core.errors import EngineFailed, OverBudget
from bot.core.ledger import Evidence
from bot.core.notes import KeptNote, Reading
from bot.core.prompts import Prompt
from bot.core.state import TopicState
from bot.core.summary import OVER_BUDGET, EngineFacts
from bot.core.windows import Window
from bot.engines import AnswerDraft, Draft, Meter, Wanted
from bot.engines.chat import Chat, ContextTooLong
from bot.engines.llm import (
    answering,
    grouping,
    headline,
    merging,
    points,
    reading,
    relating,
    showing,
    suggesting,
)
from bot.engines.llm.asking import Asking
from bot.engines.llm.picture import Picture, picture

VARIABLES: Mapping[str, tuple[str, ...]] = {
    "read": ("messages", "noted"),
    "points": ("sentence",),
    "relate": ("first", "second"),
    "group": ("questions", "viewpoints", "claims"),
    "merge": ("pairs",),
    "headline": ("topic", "viewpoints"),
    "suggest": ("topic", "viewpoints", "others", "intent", "addresses"),
    "answer": ("question", "passages"),
}
"""The prompts, and the variables that each must use."""

LARGEST_WINDOW = 10_000
BATCH = 12
"""Claims grouped in one call by a model that is not small."""


@dataclass(frozen=True, slots=True)
class LLMEngine:
    """Any model behind a chat completions endpoint.

    `context` (tokens) and `window` (characters of new sentences) override what the server says.
    """

    chat: Chat
    prompts: Mapping[str, Prompt]
    context: int | None = None
    window: int | None = None
    meter: Meter = field(default_factory=Meter)

    @property
    def facts(self) -> EngineFacts:
        return EngineFacts(
            name="llm",
            model=self.chat.endpoint.model,
            prompts={name: prompt.hash for name, prompt in self.prompts.items()},
        )

    def metered(self, meter: Meter) -> "LLMEngine":
        return replace(self, meter=meter)

    async def close(self) -> None:
        await self.chat.close()

    async def window_budget(self) -> int:
        if self.window is not None:
            return self.window
        if await self._asking.small():
            return 1
        known = await self.chat.model()
        context = self.context or known.context or 16_384
        room = context - self.prompts["read"].max_tokens - 1_000
        return max(1, min(LARGEST_WINDOW, room * 2))

    async def read(self, window: Window) -> Reading:
        by_points = await self._asking.small()
        told = self.prompts["points" if by_points else "read"].stable
        ids = reading.WindowIds(window, wary=by_points, instructions=told)
        spent = Meter(self.meter.purse)
        try:
            if by_points:
                answer = await points.read(window, ids, self._asking, spent)
            else:
                answer = await self._notes(window, ids, spent)
        except ContextTooLong:
            return await self._read_halves(window)
        finally:
            self.meter.spend(spent.usage)
        return replace(ids.reading(answer), usage=spent.usage)

    async def _notes(
        self, window: Window, ids: reading.WindowIds, spent: Meter
    ) -> reading.ReadAnswer:
        return await self.chat.ask(
            self._asking.request(
                "read", messages=showing.messages(window), noted=showing.noted(window)
            ),
            reading.ReadAnswer,
            spent,
            schema=reading.schema(window, self._asking.own_server),
            wrong=ids.wrong,
        )

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        if not pending:
            return Grouping()
        board = grouping.Board(state)
        merges: tuple[Merge, ...] = ()
        if await self._asking.small():
            neighbours = relating.Neighbours(board, state)
            for kept in pending:
                await self._relate(board, neighbours, kept)
        else:
            for start in range(0, len(pending), BATCH):
                await self._group_batch(board, pending[start : start + BATCH])
            merges = await self._merges(board)
        self.meter.rejected.update(board.rejected)
        return Grouping(tuple(board.placements), tuple(board.frames), merges)

    async def headline(self, state: TopicState) -> str | None:
        shown = await self._picture(state, "headline")
        if not shown.viewpoints:
            return None
        wrong = headline.check(shown)
        answer = await self._asking.ask(
            self._asking.request("headline", topic=shown.topic(), viewpoints=shown.claims()),
            headline.HeadlineAnswer,
            self.meter,
            schema=headline.schema(shown, self._asking.own_server),
            wrong=wrong,
        )
        if wrong(answer):
            self.meter.rejected["headline"] += 1
            return None
        return answer.headline.strip()

    async def suggest(self, state: TopicState, wanted: Wanted) -> tuple[Draft, ...]:
        shown = await self._picture(state, "suggest")
        planned = list(suggesting.tasks(shown, wanted))[: wanted.count]
        drafting = (
            self._draft(replace(shown, people=showing.Labels()), t, wanted) for t in planned
        )
        written = await asyncio.gather(*drafting, return_exceptions=True)
        failed = [each for each in written if isinstance(each, BaseException)]
        if failed and (len(failed) == len(written) or not _only_failures(failed)):
            raise failed[0]
        for each in failed:
            self.meter.rejected[OVER_BUDGET if isinstance(each, OverBudget) else "no_answer"] += 1
        return tuple(each for each in written if isinstance(each, Draft))

    async def answer(
        self, state: TopicState, question: str, passages: Sequence[Evidence]
    ) -> AnswerDraft:
        if not passages:
            return AnswerDraft(None, ())
        words = [state.text(each.span) for each in passages]
        shown = showing.passages(zip(words, (each.author for each in passages), strict=True))
        request = self._asking.request("answer", question=showing.words(question), passages=shown)
        names = frozenset(state.names.values())
        wrong = answering.check(words, question, names, self.prompts["answer"].stable)
        answer = await self._asking.ask(
            request,
            answering.AskAnswer,
            self.meter,
            schema=answering.schema(len(passages), self._asking.own_server),
            wrong=wrong,
        )
        cited = tuple(passages[place] for place in answering.cited_places(answer, len(passages)))
        if answer.answer is None or wrong(answer):
            self.meter.rejected["answer"] += answer.answer is not None
            return AnswerDraft(None, tuple(passages))
        said = [state.text(each.span) for each in cited]
        return AnswerDraft(answering.with_marks(answer.answer.strip(), said), cited)

    async def _read_halves(self, window: Window) -> Reading:
        """A window that is too long for the model is read in two; one sentence can't be."""
        halves = window.halves()
        if halves is None:
            raise EngineFailed(
                f"The context of {self.chat.endpoint.model} is too small for one sentence; "
                "give the server a larger one."
            )
        first, second = [await self.read(half) for half in halves]
        return Reading(
            notes=(*first.notes, *second.notes),
            rejected=first.rejected + second.rejected,
            usage=first.usage + second.usage,
        )

    async def _relate(
        self, board: grouping.Board, neighbours: relating.Neighbours, kept: KeptNote
    ) -> None:
        """Places one claim by what the model says of it and one viewpoint after the other."""
        if board.settled(kept):
            return
        place, compared = "new", list(neighbours.of(kept))
        for viewpoint in compared:
            answer = await self.chat.ask(
                self._asking.request(
                    "relate",
                    first=showing.words(board.claims[viewpoint]),
                    second=showing.words(board.words(kept)),
                ),
                relating.RelationAnswer,
                self.meter,
                schema=relating.schema(self._asking.own_server),
            )
            if found := neighbours.place(kept, viewpoint, answer.relation):
                place = found
                break
        placed = grouping.PlacedNote(note="N1", place=place, question=neighbours.question(kept))
        board.take([kept], grouping.PlacedNotes(placements=[placed]), compared)

    async def _group_batch(self, board: grouping.Board, batch: Sequence[KeptNote]) -> None:
        batch = [kept for kept in batch if not board.settled(kept)]
        if not batch:
            return
        candidates = board.candidates(batch)
        variables = board.request(batch, candidates)
        choices = [
            list(board.choices(place, kept, candidates))
            for place, kept in enumerate(batch, start=1)
        ]
        if all(len(each) == 1 for each in choices):
            board.take(batch, grouping.all_new(len(batch)), candidates)
            return
        answer = await self.chat.ask(
            self._asking.request("group", **variables),
            grouping.PlacedNotes,
            self.meter,
            schema=grouping.schema(choices, board.question_labels(batch), self._asking.own_server),
            wrong=board.wrong(batch, candidates),
        )
        board.take(batch, answer, candidates)

    async def _merges(self, board: grouping.Board) -> tuple[Merge, ...]:
        """What of the new viewpoints there was before, or is there twice.

        A small model need not be asked: it compares claim by claim from the start.
        Where the model gives out over it, what was grouped stands all the same: the views stay
        apart, and the receipt counts them.
        """
        pairs = merging.pairs(board, [each.viewpoint for each in board.frames])
        found: list[merging.Pair] = []
        for start in range(0, len(pairs), BATCH):
            asked = pairs[start : start + BATCH]
            try:
                found += merging.same(asked, await self._compared(board, asked))
            except EngineFailed:
                self.meter.rejected["not_compared"] += len(asked)
        return merging.merges(board, found)

    async def _compared(
        self, board: grouping.Board, asked: Sequence[merging.Pair]
    ) -> merging.Verdicts:
        return await self.chat.ask(
            self._asking.request("merge", **merging.request(board, asked)),
            merging.Verdicts,
            self.meter,
            schema=merging.schema(asked, self._asking.own_server),
            wrong=merging.wrong(asked),
        )

    async def _picture(self, state: TopicState, use: str) -> Picture:
        return picture(state, self.prompts[use].stable, brief=await self._asking.small())

    async def _draft(self, shown: Picture, task: suggesting.Task, wanted: Wanted) -> Draft | None:
        labels = " and ".join(f"V{each.id}" for each in task.viewpoints)
        answer = await self._asking.ask(
            self._asking.request(
                "suggest",
                topic=shown.topic(),
                viewpoints=shown.with_quotes(task.viewpoints),
                others=shown.besides(task.viewpoints),
                intent=task.intent,
                addresses=labels,
            ),
            suggesting.SuggestionAnswer,
            self.meter,
            schema=suggesting.schema(self._asking.own_server),
            wrong=suggesting.check(shown, task, wanted.viewer),
        )
        draft, why_not = suggesting.draft(shown, task, answer, wanted.viewer)
        self.meter.rejected.update(why_not)
        return draft

    @property
    def _asking(self) -> Asking:
        return Asking(self.chat, self.prompts)


def _only_failures(errors: Sequence[BaseException]) -> bool:
    return all(isinstance(error, EngineFailed) for error in errors)
