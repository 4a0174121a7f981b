"""Suggestions and answers: what they are written from, and for how long they hold."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import Ambiguous, EngineFailed, MootError, NotFound
from bot.core.model import Author, Message
from bot.core.stretches import size
from bot.core.summary import Count, Intent
from bot.engines import Draft, Material, Wanted
from bot.engines.quotes import OFFERED
from bot.partner import DiscussionPartner
from bot.partner.replies import NEWEST, WHOLE
from tests.partner.world import (
    ANA,
    BEN,
    CHO,
    HATS,
    NUISANCE,
    REPAIR,
    THREAD,
    Gate,
    Scripted,
    said,
    tell,
)

LONG = [
    said(
        n,
        (ANA, BEN, CHO)[n % 3],
        f"I think that hat number {n:03} suits us all. " + "So it is! " * 9,
    )
    for n in range(1, 301)
]
"""Longer than drafts are written from whole."""


def drafting(seen: list[Material]) -> Callable[[Material], tuple[Draft, ...]]:
    """A model that answers whoever wrote last, and remembers what it was shown."""

    def drafts(material: Material) -> tuple[Draft, ...]:
        seen.append(material)
        (*_, last) = (part.span for _, part in material.discussion.numbered(material.messages))
        to = (material.discussion.author_of(last),)
        shown = frozenset(material.messages)
        return (Draft(Intent.COUNTER, "Not quite.", to, (last,), shown),)

    return drafts


def test_drafts_are_written_from_the_whole_of_a_short_thread(path: Path) -> None:
    seen: list[Material] = []
    engine = Scripted(drafts=drafting(seen))

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=1))
        (draft,) = shown.suggestions
        assert (draft.engine, draft.to) == ("llm", ("cho",))
        assert (await partner.draft(draft.id)).rests_on == {"1", "2", "3"}
        assert [(m.messages, m.background) for m in seen] == [(("1", "2", "3"), None)]
        assert (shown.receipt.read, shown.usage.calls, engine.wrote) == (3, 1, [])

    tell(path, engine, story)


def test_of_a_long_thread_they_are_written_from_its_newest_messages_and_its_brief(
    path: Path,
) -> None:
    seen: list[Material] = []

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=1))
        (material,) = seen
        discussion = material.discussion
        assert size(discussion, discussion.ids) > WHOLE
        assert NEWEST * 0.9 < size(discussion, material.messages) <= NEWEST
        assert material.messages == discussion.ids[-len(material.messages) :]
        assert material.background is not None
        assert shown.receipt.read == len(material.messages)
        assert shown.receipt.skipped == (Count("not_yet_read", 300 - shown.receipt.read),)
        # The brief is of all, so the draft goes with any of them.
        (draft,) = shown.suggestions
        await partner.delete(topic, ["1"])
        with pytest.raises(NotFound):
            await partner.draft(draft.id)

    tell(path, Scripted(drafts=drafting(seen)), story, LONG)


def test_where_a_model_leaves_no_draft_there_are_places_to_join(path: Path) -> None:
    """Of another intent, where quotes alone make none of that."""
    some, none = Scripted(drafts=drafting([])), Scripted()

    async def suggested(partner: DiscussionPartner, topic: int) -> None:
        for wanted in (Wanted(count=2), Wanted(2, Intent.STEELMAN)):
            shown = await partner.suggest(topic, wanted)
            engines.append([draft.engine for draft in shown.suggestions])

    engines: list[list[str]] = []
    for engine in (some, none):
        tell(path, engine, suggested)
    assert engines == [["llm"]] * 2 + [["quotes"] * 2] * 2


def test_why_a_model_gave_fewer_drafts_is_said(path: Path) -> None:
    async def fewer(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted())
        assert shown.why_fewer == "The model wrote no more drafts that may be shown."
        assert (await partner.suggest(topic, Wanted(count=1))).why_fewer is None

    async def none(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(intent=Intent.ASK, viewer=CHO.source_id))
        assert shown.suggestions == ()
        assert shown.why_fewer == (
            "The model wrote no draft that may be shown. The only open question here is your own."
        )

    tell(path, Scripted(drafts=drafting([])), fewer)
    tell(path, Scripted(), none)


def test_a_suggestion_is_kept_until_its_words_change(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=3))
        for draft in shown.suggestions:
            kept = await partner.draft(draft.id)
            assert kept.body["text"] == draft.text
            assert kept.rests_on == {quote.message_id for quote in draft.evidence}
        to_ben = [draft for draft in shown.suggestions if "ben" in draft.to]
        assert to_ben
        await partner.record(HATS, [replace(NUISANCE, content="Never mind.")])
        for draft in to_ben:
            with pytest.raises(NotFound, match="ask for a new one"):
                await partner.draft(draft.id)

    tell(path, None, story)


@pytest.mark.parametrize("viewer", ["ana", "1"])
def test_a_person_is_never_answered_with_themselves(path: Path, viewer: str) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.suggest(topic, Wanted(count=5), viewer)
        assert shown.suggestions
        assert "ana" not in {name for draft in shown.suggestions for name in draft.to}

    tell(path, None, story)


def test_a_viewer_that_nobody_or_several_may_be_is_asked_back(path: Path) -> None:
    other = said(9, replace(ANA, source_id="7", name="anabel"), "Caps are better than hats are.")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(NotFound, match='Nobody called "zoe"'):
            await partner.suggest(topic, Wanted(), "zoe")
        with pytest.raises(Ambiguous, match=r"ana \(id 1\).*anabel \(id 7\)"):
            await partner.suggest(topic, Wanted(), "an")

    tell(path, None, story, [*THREAD, other])


def test_only_the_intents_that_can_be_had_are_offered(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert partner.intents() == tuple(Intent)
        assert partner.intents("quotes") == OFFERED
        for intent in OFFERED:
            await partner.suggest(topic, Wanted(intent=intent), engine="quotes")
        for intent in set(Intent) - set(OFFERED):
            with pytest.raises(EngineFailed, match=f"no honest {intent}"):
                await partner.suggest(topic, Wanted(intent=intent), engine="quotes")

    tell(path, Scripted(), story)


def test_where_a_model_fails_quotes_stand_in_and_say_why(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        suggested = await partner.suggest(topic, Wanted())
        assert suggested.engine.fallback == "The model can't suggest today."
        assert suggested.suggestions
        answered = await partner.ask(topic, "What about theatres?")
        assert answered.engine.fallback == "The model can't answer today."
        assert [quote.quote for quote in answered.nearest] == [NUISANCE.content]

    tell(path, Scripted(fails=frozenset({"suggest", "answer"})), story)


# Answers


def test_an_answer_is_written_from_the_whole_discussion_where_it_fits(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.ask(topic, "Are hats a nuisance in the theatre?")
        assert shown.answer is not None
        assert shown.answer.text == "It says so [1]."
        assert (shown.nearest, shown.seen) == ((), {"1", "2", "3"})
        receipt = shown.receipt
        assert (receipt.messages, receipt.read, receipt.skipped) == (4, 3, (Count("empty", 1),))
        assert (receipt.cited, receipt.not_cited) == (1, ("ben", "cho"))
        assert engine.wrote == []

    tell(path, engine, story, [*THREAD, said(5, ANA, "")])


def test_of_a_longer_one_the_model_sees_the_nearest_passages_that_fit(path: Path) -> None:
    far = said(301, BEN, "Umbrellas are what my aunt in Lisbon sells.")
    engine = Scripted(size=3_000)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.ask(topic, "Who sells umbrellas?")
        assert shown.answer is not None
        assert shown.answer.evidence[0].quote == far.content
        discussion = await partner.discussion(topic)
        seen = {span.message for span in engine.answered_from[0]}
        assert 0 < size(discussion, seen) <= 3_000
        assert shown.receipt.read == len(seen) == len(shown.seen)

    tell(path, engine, story, [*LONG, far])


def test_a_question_without_a_word_of_its_own_is_answered_from_the_brief(path: Path) -> None:
    """Somebody posts while the brief is written: the answer is of the same moment as the brief."""
    gate = Gate()
    engine = Scripted(size=40_000, while_writing=gate)
    late = said(301, Author("4", "dov"), "Umbrellas are what my aunt in Lisbon sells.")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        summary = asyncio.create_task(partner.summarise(topic))
        await gate.reached.wait()
        asked = asyncio.create_task(partner.ask(topic, "What do they say?"))
        await asyncio.sleep(0.05)
        await partner.record(HATS, [late])
        gate.opened.set()
        shown = (await summary, await asked)[1]
        assert shown.answer is not None
        assert "301" in {span.message for span in engine.answered_from[0]}
        assert shown.receipt.messages == 301

    tell(path, engine, story, LONG)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("Are hats a nuisance in the theatre?", [NUISANCE]),
        ("Can one have it repaired?", [REPAIR]),
        ("Does the moon affect the tide?", []),
    ],
)
def test_without_an_answer_the_nearest_passages_share_a_word_with_the_question(
    path: Path, question: str, nearest: list[Message]
) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.ask(topic, question)
        assert shown.answer is None
        assert [quote.quote for quote in shown.nearest] == [each.content for each in nearest]

    tell(path, None, story)


def test_a_question_without_words_is_sent_back(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(MootError, match="There is no question"):
            await partner.ask(topic, "  ")

    tell(path, None, story)
