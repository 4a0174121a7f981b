"""What stands under a message that Moot posted for a person: whose it is, and how it goes away.

The message itself is what the person typed, letter for letter.
"""

from discord import ButtonStyle, ui

from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import LABEL_LIMIT
from bot.core.inert import one_line, shorten

MARK = "posted for {}, drafted with Moot"


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
