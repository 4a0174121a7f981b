"""What people post on Discord is kept as they read it there, and as whose it is."""

from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.backend.models import User
from simcord.backend.models.message import Poll, PollAnswer
from simcord.builders import ChannelHandle
from simcord.enums import MessageType

from bot.core.model import Message
from tests.client.tea import tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def opened(world: World) -> tuple[MemberActor, ChannelHandle]:
    mira = world.person("mira")
    return mira, await world.post(mira, world.forum(), "Tea", "Tea is better.")


async def latest(world: World, thread: ChannelHandle) -> Message:
    return (await world.messages(thread))[-1]


async def receive(world: World, thread: ChannelHandle, who: int, words: str, **more: Any) -> None:
    """Somebody posts what simcord has no verb for."""
    backend = world.env.backend
    with world.env.time_context():
        backend.commit_message(backend.prepare_message(thread.id, who, words, **more))
    await world.env.settle()


async def test_who_posts_through_one_webhook_are_people_by_their_names(world: World) -> None:
    _, thread = await opened(world)
    bridge = world.guild.create_webhook(thread, "bridge")
    await bridge.send("I would raise the price.", username="Rowan")
    await bridge.send("I would not, because of the regulars.", username="Juniper")
    await bridge.send("Nor would I.", username="Juniper")
    await bridge.send("Who am I?", username="\u3164")
    await bridge.send("And who am I?", username="\u3164")

    _, rowan, juniper, again, one, other = [each.author for each in await world.messages(thread)]

    assert not any(each.bot for each in (rowan, juniper, one, other))
    assert juniper == again
    assert len({rowan, juniper, one, other}) == 4
    assert rowan.source_id == f"{bridge.id}:Rowan"
    card = shown(await world.person("late").slash(thread, "summary"))
    assert "**Rowan**" in card or "Rowan" in card
    async with world.absence():
        pass
    assert [each.author for each in await world.messages(thread)][1:4] == [rowan, juniper, juniper]


async def test_a_bots_own_posts_stay_apart(world: World) -> None:
    _, thread = await opened(world)
    other = world.env.create_user("helper", bot=True)
    world.guild.add_member(other)
    await receive(world, thread, other.id, "I think that tea is cold.")
    assert (await latest(world, thread)).author.bot


async def test_mentions_are_read_as_names(world: World) -> None:
    mira, thread = await opened(world)
    tomas = world.person("tomas")
    hall, den = world.channel("hall", chosen=False), world.channel("den", chosen=False)
    role = world.guild.create_role("brewers")
    await world.permit(den, world.guild.default_role, view_channel=False)
    await mira.send(
        thread,
        f"I think <@{tomas.id}> of <@&{role.id}> is right, see <#{hall.id}> and <#{den.id}>, since "
        "<t:1767225600:D> <:tea:123>.",
    )
    assert (await latest(world, thread)).content == (
        "I think @tomas of @brewers is right, see #hall and #unknown-channel, since 2026-01-01 "
        ":tea:."
    )
    found = shown(await mira.slash(thread, "topic search", words="tomas"))
    assert "tomas" in found
    assert "<@" not in found


async def test_a_name_of_who_opts_out_goes_from_what_others_wrote(world: World) -> None:
    mira, thread = await opened(world)
    quux = world.person("quuxabella")
    await mira.send(thread, f"I think <@{quux.id}> is right.")
    assert (await latest(world, thread)).content == "I think @quuxabella is right."
    await world.bot.partner.opt_out("discord", str(quux.id))
    assert (await latest(world, thread)).content == "I think @someone is right."
    await mira.send(thread, f"Yes, <@{quux.id}>!")
    assert (await latest(world, thread)).content == "Yes, @someone!"
    async with world.absence():
        pass
    assert not any("quux" in each for each in await world.kept(thread))


async def test_a_new_nick_reaches_what_others_wrote(world: World) -> None:
    mira, thread = await opened(world)
    tomas = world.person("tomas")
    await mira.send(thread, f"I think <@{tomas.id}> is right.")
    member = world.env.backend.guilds[world.guild.id].members[tomas.id]
    member.nick = "Tomas the Elder"
    await tomas.send(thread, "So do I.")
    assert (await world.messages(thread))[1].content == "I think @Tomas the Elder is right."


async def test_where_a_name_shows_nothing_the_user_name_stands(world: World) -> None:
    _, thread = await opened(world)
    ghost = world.person("user13", nick="\u3164")
    await ghost.send(thread, "I would wear one.")
    assert (await latest(world, thread)).author.name == "user13"


async def test_forwarded_words_are_kept_as_anothers(world: World) -> None:
    scene = await tea(world)
    elsewhere = world.channel("elsewhere", chosen=False)
    quux = world.person("quux")
    message = await quux.send(elsewhere, "The landlord says that the rent rises.\nIn May.")
    assert message is not None
    await scene.people["dov"].forward(message, scene.thread)

    kept = await latest(world, scene.thread)

    assert kept.content == "> The landlord says that the rent rises.\n> In May."
    assert kept.author.name == "dov"
    assert kept.reply_to is None
    card = await scene.late.slash(scene.thread, "summary")
    assert "landlord" not in shown(await scene.late.click(card.response, label="Who said what"))
    found = shown(await scene.late.slash(scene.thread, "topic search", words="landlord"))
    assert "landlord" in found


async def test_a_poll_is_kept_with_its_answers_and_how_it_ended(world: World) -> None:
    mira, thread = await opened(world)
    answers = [PollAnswer(1, "Tea", "🍵"), PollAnswer(2, "Coffee")]
    poll = Poll("Tea or coffee?", answers, "2030-01-01T00:00:00+00:00")
    await receive(world, thread, mira.id, "", poll=poll)
    asked = await latest(world, thread)
    assert asked.content == "Tea or coffee?\n> 🍵 Tea\n> Coffee"

    tomas = world.person("tomas")
    await tomas.vote(thread.history()[-1], answer=1)
    world.env.backend.expire_poll(thread.id, int(asked.source_id))
    told = {
        "poll_question_text": "Tea or coffee?",
        "victor_answer_text": "Tea",
        "victor_answer_votes": "1",
        "total_votes": "1",
    }
    embed = {"type": "poll_result", "fields": [{"name": k, "value": told[k]} for k in told]}
    about = {"message_id": asked.source_id, "channel_id": str(thread.id)}
    await receive(
        world,
        thread,
        mira.id,
        "",
        embeds=[embed],
        reference=about,
        message_type=MessageType.POLL_RESULT,
    )

    first, result = (await world.messages(thread))[-2:]
    assert first.content == "Tea or coffee?\n> 🍵 Tea (1 vote)\n> Coffee (0 votes)"
    assert result.content == 'The poll "Tea or coffee?" has ended: "Tea" won with 1 of 1 votes.'
    assert result.reply_to == asked.source_id


async def test_previews_and_descriptions_are_words_too(world: World) -> None:
    mira, thread = await opened(world)
    embed = {
        "type": "link",
        "title": "Rents rise",
        "description": "By a third.",
        "url": "https://n",
    }
    picture = {"id": "1", "filename": "cup.png", "description": "my cup", "size": 1,
               "url": "https://n", "proxy_url": "https://n"}  # fmt: skip
    await receive(world, thread, mira.id, "https://n", embeds=[embed], attachments=[picture])
    kept = await latest(world, thread)
    assert kept.content == "https://n\n> Rents rise: By a third."
    assert kept.attachments == ("cup.png: my cup",)


async def test_discords_notices_are_counted_as_what_they_are(world: World) -> None:
    scene = await tea(world)
    backend = world.env.backend
    first = scene.thread.history()[0]
    backend.set_pinned(scene.thread.id, first.id, True, actor_id=scene.people["dov"].id)
    await world.env.settle()
    card = shown(await scene.late.slash(scene.thread, "summary"))
    assert "1 by Discord itself" in card
    assert "empty" not in card


async def test_a_question_is_asked_in_words(world: World) -> None:
    scene = await tea(world)
    dov, quux = scene.people["dov"], world.person("quuxabella")
    await world.bot.partner.opt_out("discord", str(quux.id))
    asked = f"Does <@{dov.id}> or <@{quux.id}> want to raise the price?"
    answer = shown(await scene.late.slash(scene.thread, "ask", question=asked))
    assert answer.startswith("### Does @dov or @unknown-user want to raise the price?")
    found = shown(await scene.late.slash(scene.thread, "topic search", words=f"<@{dov.id}>"))
    assert "“@dov”" in found


async def test_who_has_no_account_any_more_is_somebody_else_each_time(world: World) -> None:
    _, thread = await opened(world)
    nobody = User(id=456226577798135808, name="Deleted User")
    world.env.backend.users[nobody.id] = nobody
    for words in ("I think that hats are dear.", "I think that hats are cheap."):
        await receive(world, thread, nobody.id, words)
    one, other = [each.author for each in (await world.messages(thread))[1:]]
    assert one != other
    async with world.absence():
        pass
    assert [each.author for each in (await world.messages(thread))[1:]] == [one, other]


async def test_words_that_are_laid_out_in_components_are_words(world: World) -> None:
    _, thread = await opened(world)
    bridge = world.guild.create_webhook(thread, "bridge")
    inside = [{"type": 10, "content": "I would raise the price."}]
    parts = [{"type": 10, "content": "Rowan says:"}, {"type": 17, "components": inside}]
    await receive(
        world, thread, bridge.id, "", webhook_id=bridge.id, author_name="Rowan",
        components=parts, flags=1 << 15,
    )  # fmt: skip
    assert (await latest(world, thread)).content == "Rowan says:\nI would raise the price."
