"""Exports written for a test: a discussion as DiscordChatExporter would save it."""

import json
from collections.abc import Sequence
from pathlib import Path


def export(path: Path, said: Sequence[tuple[str, str]], title: str = "Hats", id_: int = 1) -> Path:
    """A file with one topic; `said` are (author, words) in their order."""
    people = {name: str(number) for number, name in enumerate(dict.fromkeys(n for n, _ in said), 9)}
    messages = [
        {
            "id": str(id_ * 1000 + place),
            "type": "Default",
            "timestamp": f"2026-03-01T12:{place // 60 % 60:02}:{place % 60:02}+00:00",
            "timestampEdited": None,
            "content": words,
            "author": {"id": people[name], "name": name, "nickname": name, "isBot": False},
            "attachments": [],
            "embeds": [],
            "reference": None,
        }
        for place, (name, words) in enumerate(said, start=1)
    ]
    channel = {"id": str(id_), "type": 11, "name": title}
    document = {"guild": {"id": "5"}, "channel": channel, "messages": messages}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
