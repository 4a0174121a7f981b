"""Discord's limits and its live markup, looked for in what is sent and not by the views."""

import re
from collections.abc import Iterator
from typing import Any

from bot.client.views.layout import Layout

ESCAPED = re.compile(r"\\.", re.DOTALL)
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")


def taken_by_discord(layout: Layout) -> None:
    """Fails where Discord would refuse the layout, or where it would ping or mask."""
    components = list(_walk(layout.to_components()))
    assert len(components) <= 40
    written = [each["content"] for each in components if each["type"] == 10]
    assert sum(map(len, written)) <= 4000
    assert all(content.strip() for content in written)
    assert all(0 < len(each["label"]) <= 80 for each in components if each["type"] == 2)
    assert all(len(each["custom_id"]) <= 100 for each in components if each["type"] in (2, 3))
    rows = [each["components"] for each in components if each["type"] == 1]
    assert all(len(row) <= 5 for row in rows)
    assert not re.search(r"@(everyone|here)|<@|\]\(https://evil", "".join(written))


def links(layout: Layout) -> list[tuple[str, str]]:
    """What a reader could follow: the label and the address of every masked link."""
    contents = [each["content"] for each in _walk(layout.to_components()) if each["type"] == 10]
    return [pair for each in contents for pair in LINK.findall(ESCAPED.sub("", each))]


def _walk(components: list[Any]) -> Iterator[Any]:
    for each in components:
        yield each
        yield from _walk(each.get("components", []))
