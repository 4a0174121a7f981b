"""A person exports a channel with DiscordChatExporter and brings it in."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import ImportFailed
from bot.core.model import Message, Thread
from bot.importers import read

EXPORTS = Path(__file__).parents[2].parent / "shared" / "data" / "exports" / "discord"
LINK = "https://discord.com/channels/10/20"

ADA = {"id": "1", "name": "ada99", "nickname": "Ada", "isBot": False}
BEN = {"id": "2", "name": "ben", "nickname": None, "isBot": False}


def said(id_: str, content: str | None, author: object = ADA, **more: Any) -> dict[str, Any]:
    minute = int(id_) % 60
    moment = f"2026-03-01T10:{minute:02}:00+00:00"
    whole = {"id": id_, "type": "Default", "timestamp": moment, "content": content}
    return {**whole, "author": author, "attachments": [], "embeds": [], **more}


def export(*messages: object, guild: str = "10") -> dict[str, Any]:
    channel = {"id": "20", "type": "PublicThread", "name": "Darning"}
    return {"guild": {"id": guild}, "channel": channel, "messages": list(messages)}


def brought_in(folder: Path, document: object) -> Thread:
    file = folder / "anything.txt"
    file.write_text(json.dumps(document), encoding="utf-8")
    imported = read(file)
    assert imported.format == "discord"
    (thread,) = imported.threads
    return thread


def by_id(thread: Thread) -> dict[str, Message]:
    return {message.source_id: message for message in thread.messages}


def test_a_channel_becomes_a_topic_that_links_to_discord(tmp_path: Path) -> None:
    thread = brought_in(tmp_path, export(said("31", "Shall we darn?"), said("32", "No.", BEN)))
    assert (thread.topic.source, thread.topic.source_id) == ("discord", "20")
    assert (thread.topic.title, thread.topic.url) == ("Darning", LINK)
    first, second = thread.messages
    assert (first.author.name, second.author.name) == ("Ada", "ben")
    assert first.posted_at == datetime(2026, 3, 1, 10, 31, tzinfo=UTC)
    assert second.url == f"{LINK}/32"


def test_a_time_without_an_offset_is_utc(tmp_path: Path) -> None:
    (only,) = brought_in(tmp_path, export(said("31", "x", timestamp="2026-03-01T10:31"))).messages
    assert only.posted_at == datetime(2026, 3, 1, 10, 31, tzinfo=UTC)


def test_direct_messages_have_an_address_of_their_own(tmp_path: Path) -> None:
    thread = brought_in(tmp_path, export(said("31", "hi"), guild="0"))
    assert thread.topic.url == "https://discord.com/channels/@me/20"


def test_a_reply_is_kept_where_it_answers_in_this_channel(tmp_path: Path) -> None:
    here = said("32", "Yes", type="Reply", reference={"messageId": "31", "channelId": "20"})
    away = said("33", "Look", reference={"messageId": "5", "channelId": "99"})
    messages = by_id(brought_in(tmp_path, export(said("31", "Well?"), here, away)))
    assert messages["32"].reply_to == "31"
    assert messages["33"].reply_to is None


def test_files_and_stickers_are_attachments_and_a_bot_is_known(tmp_path: Path) -> None:
    bot = {"id": "3", "name": "Loom", "nickname": "", "isBot": True}
    message = said(
        "31", "", bot, attachments=[{"fileName": "sock.png"}], stickers=[{"name": "wave"}]
    )
    (only,) = brought_in(tmp_path, export(message)).messages
    assert only.attachments == ("sock.png", "wave.sticker")
    assert (only.author.name, only.author.bot) == ("Loom", True)


def test_what_nobody_said_is_left_out_and_counted(tmp_path: Path) -> None:
    thread = brought_in(
        tmp_path,
        export(
            said("31", "Joined the server.", type="GuildMemberJoin"),
            said("32", "Pinned a message.", type="ChannelPinnedMessage"),
            said("33", "", embeds=[{"color": "#fff"}]),
            said("34", ""),
            said("35", "once"),
            said("35", "twice"),
            said("36", "a command's answer", type="20"),
            said("37", "the first words of a thread", type="ThreadStarterMessage"),
        ),
    )
    assert list(by_id(thread)) == ["35", "36", "37"]
    assert by_id(thread)["35"].content == "once"
    assert thread.skipped == {"system": 2, "embed_only": 1, "empty": 1, "duplicate": 1}


def test_an_export_from_newest_to_oldest_reads_forward(tmp_path: Path) -> None:
    same = "2026-03-01T10:00:00+00:00"
    newest_first = export(
        said("40", "third"), said("9", "second", timestamp=same), said("8", "first", timestamp=same)
    )
    thread = brought_in(tmp_path, newest_first)
    assert [message.content for message in thread.messages] == ["first", "second", "third"]


def test_an_export_full_of_nulls_loses_nothing_that_is_there(tmp_path: Path) -> None:
    document = {
        "channel": {"id": 20},
        "messages": [
            {"id": 31, "content": "words", "author": None, "attachments": None, "reference": None},
            {"id": 32, "content": "more", "author": {"id": None}},
            {"content": "without an id"},
        ],
    }
    thread = brought_in(tmp_path, document)
    first, second = thread.messages
    assert (thread.topic.title, thread.topic.url, first.url) == ("Channel 20", None, None)
    assert (first.content, first.posted_at) == ("words", None)
    assert first.author != second.author
    assert thread.skipped == {"no_id": 1}


def test_content_is_kept_letter_for_letter_but_for_half_a_character(tmp_path: Path) -> None:
    odd = "  @1 **b**\r\n\u202e\u00a0x  "
    thread = brought_in(tmp_path, export(said("31", odd), said("32", "half \ud83d!")))
    first, second = thread.messages
    assert first.content == odd
    assert second.content == "half \ufffd!"


@pytest.mark.parametrize("wrong", [{"timestamp": "yesterday"}, {"content": ["a"]}, {"author": 7}])
def test_an_export_of_another_shape_says_where(tmp_path: Path, wrong: dict[str, Any]) -> None:
    (field,) = wrong
    with pytest.raises(ImportFailed, match=rf"at messages\.1\.{field}"):
        brought_in(tmp_path, export(said("31", "fine"), {**said("32", "x"), **wrong}))


@pytest.mark.skipif(not EXPORTS.exists(), reason="the sample exports lie beside the repository")
@pytest.mark.parametrize(
    ("name", "title", "messages", "skipped"),
    [
        ("simple_channel.json", "general", 5, {}),
        ("edge_cases.json", "edge-cases", 2, {"system": 4, "empty": 1}),
        ("markdown_rendered.json", "rendered-markdown", 2, {}),
        ("*Bug Report*.json", "Bug Report", 2, {}),
        ("*Cool Thread*.json", "Cool Thread", 2, {"system": 1}),
    ],
)
def test_the_sample_exports(name: str, title: str, messages: int, skipped: dict[str, int]) -> None:
    (path,) = EXPORTS.glob(name)
    (thread,) = read(path).threads
    assert (thread.topic.title, len(thread.messages)) == (title, messages)
    assert thread.skipped == skipped


def test_what_begins_with_a_bots_name_is_put_to_it(tmp_path: Path) -> None:
    bot = {"id": "3", "name": "helper", "nickname": None, "isBot": True}
    asked = said("1", "<@3> what is the time?", mentions=[bot])
    spoken_of = said("2", "I asked <@3> and <@2>.", mentions=[bot, BEN])
    person = said("3", "<@2> what is the time?", mentions=[BEN])
    thread = brought_in(tmp_path, export(asked, spoken_of, person))
    assert [each.to_bot for each in thread.messages] == [True, False, False]
