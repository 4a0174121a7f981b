"""What a person sees of a layout: its words and its buttons, in their order."""

from discord import ui

from bot.client.views.layout import Layout


def read(layout: Layout) -> str:
    """All words."""
    texts = (each.content for each in layout.walk_children() if isinstance(each, ui.TextDisplay))
    return "\n".join(texts)


def buttons(layout: Layout) -> list[ui.Button[Layout]]:
    """All buttons."""
    return [each for each in layout.walk_children() if isinstance(each, ui.Button)]


def labels(layout: Layout) -> list[str]:
    """What the buttons say."""
    return [each.label or "" for each in buttons(layout)]
