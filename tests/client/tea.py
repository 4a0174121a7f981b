"""A discussion that people had in a forum thread, kept, with somebody who comes late to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.core.model import Author, Message, Topic
from tests.client.world import World

SAID = (
    ("mira", "Should the tea house raise the price of a pot? I think costs leave us no choice."),
    ("tomas", "I disagree: a higher price drives the regulars away, and they keep us open."),
    ("ines", "The rent went up by a third this spring, so somebody has to pay for it."),
    ("tomas", "Has anybody counted how many pots we sell on a weekday?"),
    ("dov", "We should charge more for the rare teas and leave the house pot alone."),
)


@dataclass
class Tea:
    """The thread, its forum, and who is there. `late` has not written."""

    world: World
    forum: ChannelHandle
    thread: ChannelHandle
    late: MemberActor
    people: dict[str, MemberActor]
    topic: int

    @property
    def url(self) -> str:
        return f"https://discord.com/channels/{self.world.guild.id}/{self.thread.id}"


async def tea(world: World, forum: ChannelHandle | None = None, title: str = "The price") -> Tea:
    """The thread as it stands after five messages."""
    forum = forum or world.forum()
    people = {name: world.person(name) for name in dict.fromkeys(name for name, _ in SAID)}
    name, words = SAID[0]
    thread = await world.post(people[name], forum, title, words)
    ids = [thread.id]
    for name, words in SAID[1:]:
        ids.append((await people[name].send(thread, words)).id)
    topic = await _keep(world, thread, title, people, ids)
    return Tea(world, forum, thread, world.person("lena"), people, topic)


async def _keep(
    world: World, thread: ChannelHandle, title: str, people: dict[str, MemberActor], ids: list[int]
) -> int:
    """What the bot keeps of it by itself; here at once, whatever it heard."""
    url = f"https://discord.com/channels/{world.guild.id}/{thread.id}"
    start = datetime(2026, 1, 1, tzinfo=UTC)
    messages = [
        Message(
            source_id=str(id_),
            author=Author(str(people[name].id), name),
            content=words,
            posted_at=start + timedelta(minutes=place),
            url=f"{url}/{id_}",
        )
        for place, (id_, (name, words)) in enumerate(zip(ids, SAID, strict=True))
    ]
    await world.bot.partner.record(Topic("discord", str(thread.id), title, url), messages)
    kept = await world.topic(thread)
    assert kept is not None
    return kept.id
