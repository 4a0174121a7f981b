"""What takes the place of a card when words that it rested on have changed or gone."""

from bot.client.views.layout import Layout, notice

WITHDRAWN = (
    "*Withdrawn: a message that this card rested on was changed or deleted. Ask /summary for a new "
    "one.*"
)
RENEWED = "*This summary is being renewed: a message that it rests on was changed or removed.*"


def withdrawn_card() -> Layout:
    """No word of what it was, and no button."""
    return notice(WITHDRAWN)


def renewing_card() -> Layout:
    """The same, for as long as a new summary is being written."""
    return notice(RENEWED)
