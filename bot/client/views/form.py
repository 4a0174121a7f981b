"""The forms in which a person makes a draft theirs before it is posted, or asks a question.

A form's id names the draft or the topic, and its words come back with the press: it works after a
restart.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.client.views.ids import Act, custom_id

MESSAGE_LENGTH = 2_000
"""Characters of a message that a person may post."""
QUESTION_LENGTH = 300
TITLE_LENGTH = 100
MOST_TAGS, MOST_OPTIONS = 5, 25
"""Tags of a post, and options of a menu; a forum has 20 tags at most."""
FIELD = "text"


def reply_form(draft: int, text: str) -> ui.Modal:
    """The draft, to be changed and sent."""
    form = ui.Modal(title="Your reply", custom_id=custom_id(Act.POST, draft))
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        default=text[:MESSAGE_LENGTH],
        max_length=MESSAGE_LENGTH,
    )
    note = "Posted by Moot, marked as yours. You can remove it."
    form.add_item(ui.Label(text="What you want to say", description=note, component=words))
    form.stop()
    return form


def question_form(topic: int) -> ui.Modal:
    """A question to a discussion."""
    form = ui.Modal(title="Ask a question", custom_id=custom_id(Act.ASK, topic))
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=FIELD, min_length=3, max_length=QUESTION_LENGTH
    )
    note = "Answered from this discussion, for you alone."
    form.add_item(ui.Label(text="What you want to know", description=note, component=words))
    form.stop()
    return form


def topic_form(
    channel: int,
    title: str,
    text: str,
    tags: Mapping[discord.ForumTag, bool],
    *,
    needs_tag: bool,
) -> ui.Modal:
    """A new topic: its title, its first message, and `tags` to choose, with those chosen so far."""
    form = ui.Modal(title="New topic", custom_id=custom_id(Act.OPEN, channel))
    named: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="title", default=title or None, max_length=TITLE_LENGTH
    )
    form.add_item(ui.Label(text="Title", component=named))
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        default=text or None,
        max_length=MESSAGE_LENGTH,
    )
    note = "Posted by Moot, marked as yours. You can remove it."
    form.add_item(ui.Label(text="What you want to say", description=note, component=words))
    if tags:
        form.add_item(ui.Label(text="Tags", component=_tag_menu(tags, needs_tag=needs_tag)))
    form.stop()
    return form


def _tag_menu(tags: Mapping[discord.ForumTag, bool], *, needs_tag: bool) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=tag.name, value=str(tag.id), default=chosen)
        for tag, chosen in tags.items()
    ]
    return ui.Select(
        custom_id="tags",
        min_values=int(needs_tag),
        max_values=min(MOST_TAGS, len(options)),
        required=needs_tag,
        options=options[:MOST_OPTIONS],
    )


def typed(components: list[Mapping[str, Any]]) -> str:
    """What a person typed into the form that Discord sent back."""
    return next(iter(filled(components, FIELD)), "")


def filled(components: list[Mapping[str, Any]], field: str) -> Iterator[str]:
    """What a person typed into, or chose in, a field of a form that Discord sent back."""
    for each in components:
        if each.get("custom_id") == field:
            yield from each.get("values") or filter(None, (each.get("value"),))
        yield from filled(each.get("components", []), field)
        yield from filled([each["component"]] if "component" in each else [], field)
