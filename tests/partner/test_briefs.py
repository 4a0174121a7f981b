"""A topic's brief: read whole, carried on, and gone with any message that it was written in sight
of."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.brief import Brief, Statement
from bot.core.errors import EngineFailed, NotFound
from bot.core.sentences import split
from bot.engines import Material
from bot.partner import DiscussionPartner
from tests.partner.world import (
    ANA,
    BEN,
    CHO,
    HATS,
    LATER,
    NUISANCE,
    THREAD,
    Scripted,
    lead,
    nothing,
    quotes,
    said,
    tell,
)

Change = Callable[[DiscussionPartner, int], Awaitable[object]]
WHOLE = (["1", "2", "3"], 0)
MISTYPED = replace(NUISANCE, content=NUISANCE.content.replace("theatre", "theattre"))


def test_a_topic_is_read_whole_in_one_call_and_its_stored_brief_costs_nothing(path: Path) -> None:
    engine = Scripted()

    async def ask(partner: DiscussionPartner, topic: int) -> None:
        first, again = [await partner.summarise(topic) for _ in range(2)]
        assert replace(again, usage=first.usage) == first
        assert (again.usage.calls, again.usage.cached) == (0, True)
        assert (first.receipt.read, first.receipt.cited, len(quotes(first))) == (3, 3, 3)

    tell(path, engine, ask)
    tell(path, engine, ask)  # after a restart
    assert engine.wrote == [WHOLE]


def test_new_messages_carry_it_on_until_a_third_was_added(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(HATS, [LATER])
        carried = await partner.summarise(topic)
        assert carried.receipt.read == 4
        assert {THREAD[0].content, LATER.content} <= quotes(carried)
        await partner.record(HATS, [said(5, CHO, "My hat has been mended, as it happens.")])
        await partner.summarise(topic)
        assert engine.wrote == [WHOLE, (["4"], 1), (["1", "2", "3", "4", "5"], 0)]

    tell(path, engine, story)


def test_a_thread_that_is_shorter_than_its_brief_is_read_whole(path: Path) -> None:
    class Wordy(Scripted):
        async def brief(self, material: Material) -> Brief:
            brief = await super().brief(material)
            return replace(brief, lead=(*brief.lead, Statement(("On and on. " * 40,))))

    engine = Wordy()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(HATS, [LATER])
        await partner.summarise(topic)
        assert engine.wrote == [WHOLE, (["1", "2", "3", "4"], 0)]

    tell(path, engine, story)


def test_it_is_written_anew_on_request(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        assert lead(await partner.summarise(topic, refresh=True)) == "Brief 2"
        assert lead(await partner.summarise(topic)) == "Brief 2"

    tell(path, Scripted(), story)


def edit(content: str) -> Change:
    return lambda partner, topic: partner.record(HATS, [replace(NUISANCE, content=content)])


def contest(partner: DiscussionPartner, topic: int) -> Awaitable[object]:
    return partner.contest(topic, BEN.source_id, [split(NUISANCE)[0].span], None)


GOING: list[Change] = [
    edit(NUISANCE.content.replace("every", "no")),
    lambda partner, topic: partner.delete(topic, [NUISANCE.source_id]),
    lambda partner, topic: partner.opt_out("forum", BEN.source_id),
    lambda partner, topic: partner.erase("forum", BEN.source_id),
    contest,
]


@pytest.mark.parametrize("change", GOING)
@pytest.mark.parametrize("carried", [False, True])
def test_it_goes_at_once_with_any_message_that_it_saw(
    path: Path, change: Change, carried: bool
) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        if carried:
            await partner.record(HATS, [said(4, CHO, "I asked about hats, as you see.")])
            await partner.summarise(topic)
        await change(partner, topic)
        with Archive.open(path, read_only=True) as archive:
            assert archive.drafts(topic, "brief", "llm") == []
        shown = await partner.summarise(topic)
        assert lead(shown) == ("Brief 3" if carried else "Brief 2")
        assert NUISANCE.content not in quotes(shown)

    tell(path, Scripted(), story)


def test_a_mended_mistake_leaves_it_and_its_quotes_show_the_mended_words(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert MISTYPED.content in quotes(await partner.summarise(topic))
        await partner.record(HATS, [NUISANCE])
        shown = await partner.summarise(topic)
        assert (lead(shown), shown.usage.calls) == ("Brief 1", 0)
        assert NUISANCE.content in quotes(shown)

    tell(path, Scripted(), story, [THREAD[0], MISTYPED, THREAD[2]])


@pytest.mark.parametrize("way", ["delete", "record"])
def test_what_is_taken_back_while_an_answer_is_written_is_not_in_it(path: Path, way: str) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def meanwhile(material: Material) -> None:
            engine.while_writing = nothing
            if way == "delete":
                await partner.delete(topic, [THREAD[0].source_id])
            else:
                await partner.record(HATS, [replace(THREAD[0], content="Forget it.")])

        engine.while_writing = meanwhile
        shown = await partner.ask(topic, "Are hats a nuisance?")
        assert len(engine.answered_from) == 2
        assert THREAD[0].content not in repr(shown)

    tell(path, engine, story)


def test_what_is_deleted_during_the_writing_is_not_shown(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def meanwhile(material: Material) -> None:
            engine.while_writing = nothing
            await partner.delete(topic, [NUISANCE.source_id])

        engine.while_writing = meanwhile
        shown = await partner.summarise(topic)
        assert engine.wrote == [WHOLE, (["1", "3"], 0)]
        assert NUISANCE.content not in quotes(shown)
        assert shown.usage.calls == 2

    tell(path, engine, story)


def test_where_messages_change_each_time_one_is_asked_to_come_again(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def meanwhile(material: Material) -> None:
            await edit(f"Hats cost {len(engine.wrote)} crowns.")(partner, topic)

        engine.while_writing = meanwhile
        with pytest.raises(NotFound, match="changed meanwhile: ask again"):
            await partner.summarise(topic)
        assert len(engine.wrote) == 3

    tell(path, engine, story)


def test_where_there_is_nothing_to_read_no_model_is_asked(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic)
        assert (shown.lead, shown.people, shown.receipt.read) == (None, (), 0)
        assert (await partner.summarise(topic, since="2")).news == 1
        assert (await partner.ask(topic, "Are hats a nuisance?")).usage.calls == 0
        assert engine.wrote == []

    program = said(2, replace(BEN, bot=True), "All hats are on sale today.")
    tell(path, engine, story, [said(1, ANA, ""), program, said(3, CHO, "")])


def test_without_a_model_everybody_stands_with_a_sentence(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic)
        assert (shown.engine.name, shown.lead, shown.points) == ("quotes", None, ())
        assert [person.author for person in shown.people] == ["ana", "ben", "cho"]
        assert quotes(shown) == {message.content for message in THREAD}

    tell(path, None, story)


def test_quotes_stand_in_for_a_model_that_fails_and_say_why(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic)
        assert (shown.engine.name, shown.receipt.cited) == ("quotes", 3)
        assert shown.engine.fallback == "The model can't brief today."
        with pytest.raises(EngineFailed, match="can't brief today"):
            await partner.summarise(topic, "llm")
        with pytest.raises(NotFound, match="No model is set"):
            await partner.summarise(topic, "oracle")

    tell(path, Scripted(fails=frozenset({"brief"})), story)


def test_a_persons_quotes_are_those_that_briefs_rest_on_the_latest_first(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        author = (await partner.discussion(topic)).author("BEN")
        assert list((await partner.quotes_of(topic, author)).values()) == [LATER.content]
        await partner.summarise(topic)
        bens = await partner.quotes_of(topic, author)
        assert list(bens.values()) == [LATER.content, NUISANCE.content]
        assert len(engine.wrote) == 1

    tell(path, engine, story, [*THREAD, LATER])
