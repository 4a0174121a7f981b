"""A person asks for drafts, changes one, and posts it; or does not."""

import pytest
from simcord.results import InteractionResult

from tests.client.tea import Tea, tea
from tests.client.world import World, shown
from tests.held import held_from

pytestmark = pytest.mark.anyio


async def test_three_drafts_say_what_they_do_and_whom_they_answer(world: World) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(scene.thread, "suggest")

    seen = shown(answer)
    assert answer.ephemeral
    assert seen.count("[Edit and post]") == 3
    assert "**ask** · to tomas" in seen
    assert "-# Nobody has answered this question yet.\n> “Has anybody counted" in seen
    assert "Nothing is posted until you send it off." in seen
    assert len(scene.thread.history()) == 5


async def test_an_intent_gives_drafts_of_that_kind_under_its_name(world: World) -> None:
    scene = await tea(world)

    asked = shown(await scene.late.slash(scene.thread, "suggest", intent="ask"))
    missing = shown(await scene.late.slash(scene.thread, "suggest", intent="flatter"))

    assert "**ask** · to" in asked
    assert "**build**" not in asked
    assert "there are build, bridge, steelman, ask, counter" in missing


async def test_why_there_are_fewer_drafts_is_said(world: World) -> None:
    scene = await tea(world)

    own = shown(await scene.people["tomas"].slash(scene.thread, "suggest", intent="ask"))
    fewer = shown(await scene.late.slash(scene.thread, "suggest", intent="ask"))

    assert "The only open question here is your own." in own
    assert "nothing here" not in own
    assert "-# Only 1 question of others is open here." in fewer
    assert fewer.count("[Edit and post]") == 1


async def test_only_intents_that_can_be_had_are_offered(world: World) -> None:
    scene = await tea(world)

    offered = await scene.late.autocomplete(scene.thread, "suggest", "intent", "")
    typed = await scene.late.autocomplete(scene.thread, "suggest", "intent", "thought")
    refused = await scene.late.slash(scene.thread, "suggest", intent="counter")

    assert {each["value"] for each in offered} == {"ask", "build", "bridge"}
    assert typed == [{"name": "build: take a thought further", "value": "build"}]
    assert "Quotes alone make no honest counter" in shown(refused)
    assert "[llm]" not in shown(refused)


async def test_a_draft_answers_others_and_not_oneself(world: World) -> None:
    scene = await tea(world)

    answer = await scene.people["tomas"].slash(scene.thread, "suggest")

    heads = [line for line in shown(answer).splitlines() if "** · to " in line]
    assert heads
    assert not any("tomas" in head for head in heads)


async def test_the_card_and_the_menu_lead_to_drafts_too(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    pressed = await scene.late.click(card.response, label="Suggest a reply")
    first = scene.thread.history()[0]
    chosen = await scene.late.context_menu(scene.thread, "Suggest a reply", first)

    assert "[Edit and post]" in shown(pressed)
    assert "[Edit and post]" in shown(chosen)


async def test_others_come_after_these_until_there_are_no_more(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    seen = {drafts(answer)}

    for _ in range(4):
        answer = await scene.late.click(answer.response, label="Another three")
        if "That is all" in shown(answer):
            break
        assert drafts(answer) not in seen
        seen.add(drafts(answer))

    assert "That is all that can be drafted" in shown(answer)


async def test_a_draft_can_be_copied_and_made_shorter(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")

    copied = await press(scene, answer, "copy")
    shorter = await press(scene, answer, "shorter")

    assert shown(copied).startswith("```\n")
    assert shown(copied).removeprefix("```\n").removesuffix("\n```") in shown(answer)
    draft = shown(shorter).split("\n[")[0]
    assert draft
    assert draft in shown(copied)
    assert len(draft) < len(shown(copied)) - 8


async def test_what_a_person_typed_is_posted_as_typed_and_marked_as_theirs(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    words = "  I'd keep the *house pot*,\nhttps://example.org and @everyone  "

    told = await scene.late.submit_modal(form, {"text": words})

    posted = scene.thread.last_message
    assert posted is not None
    assert posted.content == words
    assert "[posted for lena, drafted with Moot]" in shown(posted)
    assert posted.mention_everyone is False
    assert posted.flags.suppress_embeds
    assert "Posted: [go to your message]" in shown(told)


async def test_it_is_that_persons_message_from_then_on(world: World) -> None:
    scene = await tea(world)

    await post(scene, "I would keep the house pot as it is.")

    kept = (await world.messages(scene.thread))[-1]
    assert kept.author.source_id == str(scene.late.id)
    assert kept.drafted
    again = await scene.people["dov"].slash(scene.thread, "summary")
    assert "**lena** “I would keep the house pot as it is.”" in shown(again)


async def test_what_was_posted_but_could_not_be_written_down_is_theirs_all_the_same(
    world: World,
) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    async with world.absence():
        pass
    async with held_from(world.bot):
        told = await scene.late.submit_modal(form, {"text": "I would keep the house pot."})
    assert "Posted: [go to your message]" in shown(told)
    assert len(await world.messages(scene.thread)) == 5
    async with world.absence():
        pass
    kept = (await world.messages(scene.thread))[-1]
    assert (kept.content, kept.drafted) == ("I would keep the house pot.", True)
    assert (kept.author.source_id, kept.author.name) == (str(scene.late.id), "lena")


async def test_the_form_opens_with_the_draft(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")

    form = await press(scene, answer, "edit")

    assert form.modal is not None
    field = form.modal["components"][0]["component"]
    assert field["value"] in shown(answer)


async def test_a_form_sent_off_after_a_restart_is_posted(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    async with world.absence():
        pass

    await scene.late.submit_modal(form, {"text": "Still here."})

    posted = scene.thread.last_message
    assert posted is not None
    assert posted.content == "Still here."


async def test_who_may_not_write_by_then_gets_their_words_back(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    await world.permit(scene.forum, scene.late, send_messages_in_threads=False)

    told = await scene.late.submit_modal(form, {"text": "My careful words."})

    assert len(scene.thread.history()) == 5
    assert "You may not write in this thread." in shown(told)
    assert "My careful words." in shown(told)


async def test_a_person_removes_what_was_posted_for_them(world: World) -> None:
    scene = await tea(world)
    posted = await post(scene, "On second thought, no.")

    refused = await scene.people["dov"].click(posted, label="Remove")
    assert "Only the person it was posted for, or a moderator, can remove it" in shown(refused)
    assert len(scene.thread.history()) == 6

    await scene.late.click(posted, label="Remove")

    assert len(scene.thread.history()) == 5
    assert len(await world.messages(scene.thread)) == 5


async def test_a_draft_goes_with_the_words_that_it_rests_on(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    ids = [str(each.id) for each in scene.thread.history()]
    await world.bot.partner.delete(scene.topic, ids)

    told = await press(scene, answer, "copy")

    assert "no longer there" in shown(told)


async def test_a_draft_of_a_topic_that_was_hidden_meanwhile_is_hidden_too(world: World) -> None:
    scene = await tea(world)
    lobby = world.channel()
    answer = await scene.late.slash(lobby, "suggest", topic=str(scene.topic))
    await world.permit(scene.forum, scene.late, view_channel=False)

    told = await press(scene, answer, "edit")

    assert told.modal is None
    assert "no longer there, or not for you any more" in shown(told)


def drafts(answer: InteractionResult) -> str:
    """The drafts' texts."""
    return "\n".join(line for line in shown(answer).splitlines() if line.startswith(">"))


async def press(scene: Tea, answer: InteractionResult, act: str) -> InteractionResult:
    """Presses that button under the first draft."""
    ids = (each for each in found_ids(answer.response.components) if f"moot:{act}:" in each)
    return await scene.late.click(answer.response, custom_id=next(ids))


def found_ids(components: list) -> list[str]:
    ids: list[str] = []
    for each in components:
        ids += [each["custom_id"]] if "custom_id" in each else []
        ids += found_ids(each.get("components", []))
    return ids


async def post(scene: Tea, words: str):
    """The late one edits the first draft to these words and posts it."""
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    await scene.late.submit_modal(form, {"text": words})
    return scene.thread.last_message
