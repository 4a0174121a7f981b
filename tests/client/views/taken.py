"""Discord's limits, counted from what is sent and not by the views themselves."""

import re
from collections.abc import Iterator
from typing import Any

from bot.client.views.layout import Layout


def taken_by_discord(layout: Layout) -> None:
    """Fails where Discord would refuse the layout, or where it would ping or mask."""
    components = list(_walk(layout.to_components()))
    assert len(components) <= 40
    written = [each["content"] for each in components if each["type"] == 10]
    assert sum(map(len, written)) <= 4000
    assert all(content.strip() for content in written)
    assert all(0 < len(each["label"]) <= 80 for each in components if each["type"] == 2)
    assert all(len(each["custom_id"]) <= 100 for each in components if each["type"] == 2)
    assert not re.search(r"@(everyone|here)|<@|\]\(https://evil", "".join(written))


def _walk(components: list[Any]) -> Iterator[Any]:
    for each in components:
        yield each
        yield from _walk(each.get("components", []))
