"""What stands under a message that Moot posted for a person: whose it is, and how it goes away.

The message itself is what the person typed, letter for letter.
"""

from collections.abc import Iterable, Iterator

from discord import ActionRow, Button, ButtonStyle, Component, Message, TextDisplay, ui

from bot.client.views.ids import Act, custom_id, template
from bot.client.views.layout import LABEL_LIMIT
from bot.client.views.words import name as plain_name
from bot.core.inert import one_line, shorten
from bot.core.model import Author

MARK = "posted for {}, drafted with Moot"
SHARED = "shared by {}"


def posted_mark(person: int, name: str) -> ui.View:
    """The mark, and a Remove button for the one it was posted for."""
    room = LABEL_LIMIT - len(MARK.format(""))
    view = ui.View(timeout=None)
    view.add_item(
        ui.Button(
            label=MARK.format(shorten(one_line(name), room) or "someone"),
            custom_id=custom_id(Act.MARK, person),
            style=ButtonStyle.secondary,
            disabled=True,
        )
    )
    view.add_item(ui.Button(label="Remove", custom_id=custom_id(Act.REMOVE, person)))
    view.stop()
    return view


def owner_marked(message: Message) -> Author | None:
    """For whom a message of Moot's was posted, as its mark says; None where it has none."""
    rows = (each.children for each in message.components if isinstance(each, ActionRow))
    for button in (each for row in rows for each in row if isinstance(each, Button)):
        marked = template(Act.MARK, 1).fullmatch(button.custom_id or "")
        if marked:
            before, after = MARK.split("{}")
            name = (button.label or "").removeprefix(before).removesuffix(after)
            return Author(marked[1], name)
    return None


def shared_by(person: str) -> str:
    """What stands on a card that somebody of that name shared."""
    return SHARED.format(plain_name(person)) if person else ""


def is_shared_by(message: Message, person: str) -> bool:
    """Whether a message is a card that somebody of that name shared."""
    return any(shared_by(person) in text for text in _texts(message.components))


def _texts(components: Iterable[Component]) -> Iterator[str]:
    for each in components:
        if isinstance(each, TextDisplay):
            yield each.content
        yield from _texts(getattr(each, "children", ()))
