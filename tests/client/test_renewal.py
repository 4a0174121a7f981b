"""Somebody takes back words that a summary rests on: its cards get a new one in its place."""

import json
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.archive import Archive, SpentBy
from bot.config import Config, DatabaseConfig, LLMConfig
from tests.client.tea import Tea, tea
from tests.client.test_withdrawn import RENT, rent, says_nothing_more
from tests.client.world import World, shown
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel

pytestmark = pytest.mark.anyio

RENEWED = "*This summary is being renewed: a message that it rests on was changed or removed.*"
TEN_MINUTES = 600.0
ENOUGH = 60.0
"""Seconds for a hundred deletions, each of which rewrites the file, on a machine that is busy."""


async def share(scene: Tea, place: ChannelHandle | None = None) -> discord.Message:
    """The late one shares the card, in the thread or elsewhere; the message that others see."""
    where = place or scene.thread
    card = await scene.late.slash(where, "summary", topic=str(scene.topic))
    await scene.late.click(card.response, label="Share here")
    posted = where.last_message
    assert posted is not None
    assert "shared by lena" in shown(posted)
    return posted


def edits(world: World, posted: discord.Message) -> list[str]:
    """What a card that was posted was changed to, one after the other."""
    path = f"/messages/{posted.id}"
    asked = [each for each in world.env.http_requests if each.path.endswith(path)]
    return [json.dumps(each.json, ensure_ascii=False) for each in asked if each.method == "PATCH"]


async def test_a_deletion_renews_a_card_that_was_shared(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    posted = await share(scene, lobby)
    assert RENT in shown(posted)

    await scene.people["ines"].delete(rent(scene))

    notice, new = edits(world, posted)
    assert RENEWED in notice
    assert "pots" not in notice
    assert "rent" not in new
    assert "Has anybody counted how many pots" in new
    now = shown(lobby.last_message)
    assert "read 4 of 4 messages" in now
    assert "[Who said what]" in now
    assert "shared by" not in now
    assert "[Share here]" not in now


async def test_an_edit_does_as_well_but_a_mended_mistake_leaves_it(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    words = "The tea should be beter before it is dearer, I think."
    mended = words.replace("beter", "better")
    message = await scene.people["dov"].send(scene.thread, words)
    posted = await share(scene, lobby)
    await world.env.advance_time(60)

    await scene.people["dov"].edit(message, mended)
    assert edits(world, posted) == []
    await scene.people["dov"].edit(message, "Let us all drink coffee instead from now on.")

    assert len(edits(world, posted)) == 2
    assert "before it is dearer" not in shown(lobby.last_message)


async def test_what_a_card_does_not_rest_on_leaves_it_as_it_is(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    aside = await scene.people["dov"].send(scene.thread, "thanks!")
    posted = await share(scene, lobby)

    await scene.people["dov"].delete(aside)
    await scene.people["dov"].send(scene.thread, "Who would like a cup?")

    assert edits(world, posted) == []


async def test_a_topic_is_summed_up_anew_once_in_ten_minutes(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    await scene.people["ines"].delete(rent(scene))
    pots = next(each for each in scene.thread.history() if "counted" in each.content)

    await scene.people["tomas"].delete(pots)

    assert shown(lobby.last_message) == RENEWED
    await world.env.advance_time(TEN_MINUTES - 10)
    assert shown(lobby.last_message) == RENEWED
    await world.env.advance_time(20)
    assert "read 3 of 3 messages" in shown(lobby.last_message)


async def test_a_restart_forgets_none_that_waits(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    await scene.people["ines"].delete(rent(scene))
    await scene.people["tomas"].delete(scene.thread.history()[1])
    assert shown(lobby.last_message) == RENEWED

    async with world.absence():
        pass
    await world.env.settle()

    assert "read 3 of 3 messages" in shown(lobby.last_message)


async def test_a_hundred_deletions_are_few_edits(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    said = [each.id for each in scene.thread.history()]
    for n in range(95):
        words = f"I think that pot number {n} should stay as it is."
        world.env.backend.create_message(scene.thread.id, scene.people["dov"].id, words)
    await world.env.settle(timeout=ENOUGH)
    posted = await share(scene, lobby)

    purged = [each.id for each in scene.thread.history() if each.id not in said[:1]]
    for id_ in purged:
        world.env.backend.delete_message(scene.thread.id, id_)
    await world.env.settle(timeout=ENOUGH)
    await world.env.advance_time(TEN_MINUTES)

    assert len(purged) == 99
    assert len(edits(world, posted)) <= 4
    assert "read 1 of 1 message" in shown(lobby.last_message)


@pytest.mark.parametrize("way", ["Opt out", "Erase"])
async def test_who_goes_takes_their_words_and_name_along(world: World, way: str) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    asked = await scene.people["dov"].slash(lobby, "privacy")
    sure = await scene.people["dov"].click(asked.response, label=way)
    await scene.people["dov"].click(sure.response, label="Yes, do it")

    now = shown(lobby.last_message)
    assert "cites 3 of 3 people" in now
    assert "dov" not in now


async def test_a_purge_reaches_it(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    world.env.backend.bulk_delete_messages(scene.thread.id, [rent(scene).id])
    await world.env.settle()

    assert "read 4 of 4 messages" in shown(lobby.last_message)


async def test_a_deleted_thread_takes_back_its_cards_elsewhere(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    await world.remove(scene.thread)

    assert says_nothing_more(lobby.last_message)
    assert await world.bot.partner.cards_to_renew() == {}


async def test_what_was_deleted_while_the_bot_was_away_is_found(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    async with world.absence():
        world.env.backend.delete_message(scene.thread.id, rent(scene).id)
    await world.env.settle()

    assert "read 4 of 4 messages" in shown(lobby.last_message)


async def test_what_a_host_erased_from_the_terminal_meanwhile_too(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    async with world.absence():
        world.choose(scene.forum, chosen=False)
        with Archive.open(world.bot.config.database.path) as archive:
            archive.erase("discord", str(scene.people["ines"].id), world.env.now())
    await world.env.settle()

    assert "read 4 of 4 messages" in shown(lobby.last_message)


async def test_and_while_moot_runs_within_a_day(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    with Archive.open(world.bot.config.database.path) as archive:
        archive.erase("discord", str(scene.people["ines"].id), world.env.now())
    assert RENT in shown(lobby.last_message)

    await world.env.advance_time(86_400)

    assert "read 4 of 4 messages" in shown(lobby.last_message)


async def test_where_not_all_may_read_the_topic_any_more_no_new_one_is_shown(
    world: World,
) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    await world.permit(scene.forum, world.guild.default_role, view_channel=False)
    await world.permit(scene.forum, world.env.backend.bot_user, view_channel=True)

    world.env.backend.delete_message(scene.thread.id, rent(scene).id)
    await world.env.settle()

    assert says_nothing_more(lobby.last_message)
    assert await world.bot.partner.cards_to_renew() == {}


async def test_where_moot_may_not_go_any_more_it_says_so_without_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    await world.permit(lobby, world.env.backend.bot_user, view_channel=False)

    await scene.people["ines"].delete(rent(scene))

    assert "can't be changed (403/50001)" in caplog.text
    assert "rent" not in caplog.text
    assert await world.bot.partner.withdrawn_cards() == {}
    assert await world.bot.partner.cards_to_renew() == {}


async def test_what_one_person_reads_is_renewed_before_their_eyes(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.select(card.response, ["refresh"])
    assert RENT in shown(card.response)

    await scene.people["ines"].delete(rent(scene))

    assert RENT not in shown(card.response)
    assert "read 4 of 4 messages" in shown(card.response)
    assert "[Share here]" in shown(card.response)


async def test_but_not_for_who_may_not_read_it_any_more(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(world.channel(), "summary", topic=str(scene.topic))
    await world.permit(scene.forum, scene.late, view_channel=False)

    await scene.people["ines"].delete(rent(scene))

    assert says_nothing_more(card.response)


async def test_what_one_person_read_long_ago_is_let_be(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await world.env.advance_time(16 * 60)
    before = len(world.env.http_requests)

    await scene.people["ines"].delete(rent(scene))

    assert RENT in shown(card)
    assert not [each for each in world.env.http_requests[before:] if "webhooks" in each.path]
    assert await world.bot.partner.withdrawn_cards() == {}
    assert await world.bot.partner.cards_to_renew() == {}


class TestWithAModel:
    """A model writes the summary, and the server pays for the new one."""

    @pytest.fixture
    def model(self) -> GoodModel:
        return GoodModel()

    @pytest.fixture
    def config(self, tmp_path: Path, model: GoodModel) -> Iterator[Config]:
        with serving(model) as endpoint:
            llm = LLMConfig(model="scripted", base_url=endpoint.url, context=32_000)
            yield Config(database=DatabaseConfig(path=tmp_path / "moot.db"), llm=llm)

    async def test_any_message_that_the_model_saw_renews_it(
        self, world: World, model: GoodModel
    ) -> None:
        scene, lobby = await tea(world), world.channel()
        aside = await scene.people["dov"].send(scene.thread, "And I like the blue pots best.")
        posted = await share(scene, lobby)
        model.asked.clear()

        await scene.people["dov"].delete(aside)

        assert model.asked.count("brief") == 1
        assert len(edits(world, posted)) == 2
        assert "written with AI" in shown(lobby.last_message)
        spent = await world.bot.partner.spent([SpentBy.SERVER, SpentBy.PERSON])
        paid_by_none = [each for each in spent if each.person is None]
        assert [each.server for each in paid_by_none] == [str(world.guild.id)]

    async def test_where_the_model_fails_quotes_are_shown(
        self, world: World, model: GoodModel
    ) -> None:
        scene, lobby = await tea(world), world.channel()
        await share(scene, lobby)
        model.instead["brief"] = "That is no JSON."

        await scene.people["ines"].delete(rent(scene))

        now = shown(lobby.last_message)
        assert "quotes only, since the model did not answer" in now
        assert "**tomas** “I disagree" in now
