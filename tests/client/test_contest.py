"""Somebody who is misstated by a card says so: their words leave it, and a host sees why."""

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from tests.client.tea import tea
from tests.client.test_setup import manager
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
RENT = "The rent went up by a third this spring, so somebody has to pay for it."
PRESS = "This misstates me"


async def test_contested_words_leave_the_card_and_it_says_so(world: World) -> None:
    scene = await tea(world)
    card = await scene.people["ines"].slash(scene.thread, "summary")
    assert RENT in shown(card)

    told = await contested(scene.people["ines"], card, RENT, "I meant that the house should pay.")

    after = await scene.people["ines"].slash(scene.thread, "summary")
    assert told.ephemeral
    assert "Nothing rests on 1 sentence of yours any more" in shown(told)
    assert RENT not in shown(after)
    assert "1 sentence contested by its author" in shown(after)
    assert "drives the regulars away" in shown(after)
    assert any(RENT in each for each in await world.kept(scene.thread))


async def test_their_other_words_stand_for_them(world: World) -> None:
    scene = await tea(world)
    more = "A pot that costs more must at least be a better pot, in my opinion."
    await scene.people["ines"].send(scene.thread, more)
    card = await scene.people["ines"].slash(scene.thread, "summary")
    cited, other = (more, RENT) if more in shown(card) else (RENT, more)
    assert other not in shown(card)

    await contested(scene.people["ines"], card, cited)

    after = await scene.people["ines"].slash(scene.thread, "summary")
    assert other in shown(after)
    assert cited not in shown(after)


async def test_nobody_is_offered_the_words_of_others(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    told = await scene.late.select(card.response, ["misstates"])

    assert told.ephemeral
    assert "Nothing here rests on words of yours" in shown(told)
    own = await scene.people["ines"].slash(scene.thread, "summary")
    offered = await scene.people["ines"].select(own.response, ["misstates"])
    assert list(options(offered)) == [RENT]


async def test_the_button_and_the_form_work_after_a_restart(world: World) -> None:
    scene = await tea(world)
    card = await scene.people["ines"].slash(scene.thread, "summary")
    async with world.absence():
        pass

    form = await scene.people["ines"].select(card.response, ["misstates"])
    async with world.absence():
        pass
    await scene.people["ines"].submit_modal(form, {"quotes": [options(form)[RENT]]})

    assert RENT not in shown(await scene.late.slash(scene.thread, "summary"))


async def test_a_card_that_all_could_see_is_renewed_without_them(world: World) -> None:
    scene = await tea(world)
    mine = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(mine.response, label="Share here")
    (posted,) = [each for each in scene.thread.history() if "shared by" in shown(each)]

    await contested(scene.people["ines"], posted, RENT)

    (now,) = [each for each in scene.thread.history() if each.id == posted.id]
    assert RENT not in shown(now)
    assert "1 sentence contested by its author" in shown(now)


async def test_who_may_no_longer_read_the_topic_contests_nothing(world: World) -> None:
    scene, hall = await tea(world), world.channel("hall", chosen=False)
    card = await scene.people["ines"].slash(hall, "summary", topic=str(scene.topic))
    form = await scene.people["ines"].select(card.response, ["misstates"])
    await world.permit(scene.forum, scene.people["ines"], view_channel=False)

    told = await scene.people["ines"].submit_modal(form, {"quotes": [options(form)[RENT]]})

    assert "There is no such topic here that you may read" in shown(told)
    assert await world.bot.partner.contests() == []


async def test_a_host_sees_what_is_contested_where_they_may_read(world: World) -> None:
    scene, host = await tea(world), manager(world)
    hall = world.channel("hall", chosen=False)
    assert "Nothing is contested" in shown(await host.slash(hall, "moot contested"))
    card = await scene.people["ines"].slash(scene.thread, "summary")
    await contested(scene.people["ines"], card, RENT, "I meant that the house should pay.")

    seen = shown(await host.slash(hall, "moot contested"))

    assert RENT in seen
    assert "I meant that the house should pay." in seen
    assert "ines" in seen
    await world.permit(scene.forum, host, view_channel=False)
    hidden = shown(await host.slash(hall, "moot contested"))
    assert RENT not in hidden
    assert "1 quote in topics that you may not read" in hidden
    assert "moot contested" not in scene.late.available_commands(hall)


async def test_what_a_host_reads_of_it_goes_with_the_message(world: World) -> None:
    scene, host = await tea(world), manager(world)
    card = await scene.people["ines"].slash(scene.thread, "summary")
    await contested(scene.people["ines"], card, RENT)
    seen = await host.slash(world.channel("hall", chosen=False), "moot contested")
    assert RENT in shown(seen)

    (rent,) = [each for each in scene.thread.history() if each.content == RENT]
    await scene.people["ines"].delete(rent)

    assert "Withdrawn" in shown(seen)
    assert RENT not in shown(seen)


async def test_erasing_oneself_takes_what_one_said_of_it_along(world: World) -> None:
    scene, host = await tea(world), manager(world)
    card = await scene.people["ines"].slash(scene.thread, "summary")
    await contested(scene.people["ines"], card, RENT, "I meant that the house should pay.")
    await world.bot.partner.erase("discord", str(scene.people["ines"].id))

    seen = await host.slash(world.channel("hall", chosen=False), "moot contested")

    assert "Nothing is contested" in shown(seen)


async def contested(
    person: MemberActor, card: object, words: str, why: str = ""
) -> InteractionResult:
    """Presses the button of the second page, chooses words and says what is wrong with them."""
    message = card.response if isinstance(card, InteractionResult) else card
    people = await person.click(message, label="Who said what")  # type: ignore[arg-type]
    form = await person.click(people.response, label=PRESS)
    return await person.submit_modal(form, {"quotes": [options(form)[words]], "why": why})


def options(form: InteractionResult) -> dict[str, str]:
    """What a form offers: the words, and what stands for each."""
    assert form.modal is not None
    (menu,) = [
        part["component"]
        for part in form.modal["components"]
        if part.get("component", {}).get("custom_id") == "quotes"
    ]
    return {each["label"]: each["value"] for each in menu["options"]}
