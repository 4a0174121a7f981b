"""What takes the place of a card when words that it rested on have changed or gone."""

from bot.client.views.layout import Layout, notice

WITHDRAWN = (
    "*Withdrawn: a message that this card quoted was changed or deleted. Ask /summary for a new "
    "one.*"
)


def withdrawn_card() -> Layout:
    """No word of what it was, and no button."""
    return notice(WITHDRAWN)
