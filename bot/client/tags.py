"""A forum's tags, as somebody chooses them for a new post.

Names are typed with commas between; Discord lets a tag's own name have commas, too.
"""

from collections.abc import Iterator, Sequence

import discord

from bot.client.views.words import title
from bot.core.errors import MootError

MOST = 5
"""Tags of a post (Discord's)."""
CHOICE_LENGTH = 100

Place = discord.ForumChannel | discord.TextChannel


class TagRefused(MootError):
    """Tags that this post can't have."""


def offered(where: Place, member: discord.Member) -> list[discord.ForumTag]:
    """The tags that the member may put on a post there; moderated ones are for moderators."""
    if not isinstance(where, discord.ForumChannel):
        return []
    moderates = where.permissions_for(member).manage_threads
    return [tag for tag in where.available_tags if moderates or not tag.moderated]


def demanded(where: Place) -> bool:
    """Whether a post there needs a tag."""
    return isinstance(where, discord.ForumChannel) and where.flags.require_tag


def named(where: Place, member: discord.Member, words: str) -> list[discord.ForumTag]:
    """The tags with these names. Raises TagRefused."""
    if not words.strip():
        return []
    if not isinstance(where, discord.ForumChannel):
        raise TagRefused("Only posts in forums have tags: leave them out here.")
    known, rest = offered(where, member), words
    found: list[discord.ForumTag] = []
    while rest.strip(" ,"):
        tag, rest = _first(known, rest.strip(" ,"))
        if tag is None:
            raise TagRefused(_no_such_tag(known, rest))
        found.append(tag)
    return checked(where, member, found)


def checked(
    where: Place, member: discord.Member, tags: Sequence[discord.ForumTag]
) -> list[discord.ForumTag]:
    """The tags, each once. Raises TagRefused where a post there can't have just these."""
    if not tags and demanded(where):
        names = _names(offered(where, member))
        raise TagRefused(
            f"A post there needs a tag: choose of {names}."
            if names
            else "A post there needs a tag, and only moderators may choose one."
        )
    once = list({tag.id: tag for tag in tags}.values())
    if len(once) > MOST:
        raise TagRefused(f"A post has {MOST} tags at most: choose fewer.")
    return once


def completed(where: Place, member: discord.Member, typed: str) -> Iterator[str]:
    """What may become of the names typed so far, with one name more."""
    before, _, last = typed.rpartition(",")
    done = [each.strip() for each in before.split(",") if each.strip()]
    taken = {each.casefold() for each in done}
    for tag in offered(where, member):
        name = tag.name.casefold()
        if name not in taken and last.strip().casefold() in name and len(done) < MOST:
            whole = ", ".join([*done, tag.name])
            if len(whole) <= CHOICE_LENGTH:
                yield whole


def _first(known: Sequence[discord.ForumTag], words: str) -> tuple[discord.ForumTag | None, str]:
    """The tag with whose name the words begin, the longest of them, and the words behind it."""
    for tag in sorted(known, key=lambda each: -len(each.name)):
        behind = words[len(tag.name) :].lstrip()
        if words[: len(tag.name)].casefold() == tag.name.casefold() and behind[:1] in ("", ","):
            return tag, behind
    return None, words.partition(",")[0].strip()


def _no_such_tag(known: Sequence[discord.ForumTag], words: str) -> str:
    names = _names(known)
    there = f"you may choose of {names}" if names else "there are none for you to choose"
    return f"There is no tag “{title(words, 40)}” for you there; {there}."


def _names(tags: Sequence[discord.ForumTag]) -> str:
    return ", ".join(title(tag.name, 40) for tag in tags)
