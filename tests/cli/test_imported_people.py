"""Whoever imports a thread reads in it who said what, as people read it where it was said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Moot

MIRA = {"id": "1", "name": "mira", "nickname": "Mira", "discriminator": "0000", "isBot": False}
TOMAS = {"id": "2", "name": "tomas", "nickname": "Tomas", "discriminator": "0000", "isBot": False}


def through_webhook(name: str) -> dict[str, Any]:
    return {"id": "555", "name": name, "nickname": name, "discriminator": "0000", "isBot": True}


def called(id_: str, nickname: str) -> dict[str, Any]:
    return {**MIRA, "id": id_, "name": f"user{id_}", "nickname": nickname}


def export(path: Path, *messages: tuple[dict[str, Any], str], **more: Any) -> Path:
    """An exported thread; `more` are fields of its last message."""
    said: list[dict[str, Any]] = [
        {
            "id": str(100 + place),
            "type": "Default",
            "timestamp": f"2026-03-01T12:{place:02}:00+00:00",
            "content": words,
            "author": author,
        }
        for place, (author, words) in enumerate(messages)
    ]
    said[-1] |= more
    channel = {"id": "9", "type": "GuildPublicThread", "name": "Tea"}
    path.write_text(json.dumps({"guild": {"id": "8"}, "channel": channel, "messages": said}))
    return path


def people(moot: Moot) -> list[str]:
    return [each["author"] for each in moot("summary", "Tea", "--json").document["people"]]


def shown(moot: Moot) -> list[tuple[str, str]]:
    messages = moot("show", "Tea", "--json").document["messages"]
    return [(each["author"], each["content"]) for each in messages]


def test_who_posts_through_one_webhook_are_several_people(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(
        tmp_path / "a.json",
        (MIRA, "Should the tea house raise its prices? I think so, because of the rent."),
        (through_webhook("Rowan"), "I disagree, because a higher price drives regulars away."),
        (through_webhook("Juniper"), "I think that the rare teas should cost more."),
        (through_webhook("Rowan"), "And I think that the house pot should stay as it is."),
    ))  # fmt: skip
    assert people(moot) == ["Mira", "Rowan", "Juniper"]
    receipt = moot("summary", "Tea", "--json").document["receipt"]
    assert (receipt["authors"], receipt["skipped"]) == (3, [])


def test_a_bots_own_posts_are_left_out(moot: Moot, tmp_path: Path) -> None:
    bot = {**through_webhook("Helper"), "discriminator": "4711"}
    moot("import", export(tmp_path / "a.json", (MIRA, "I think so."), (bot, "I think not.")))
    assert people(moot) == ["Mira"]
    skipped = moot("summary", "Tea", "--json").document["receipt"]["skipped"]
    assert skipped == [{"reason": "bot", "count": 1}]


def test_marks_are_words_wherever_they_are_shown(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(
        tmp_path / "a.json",
        (MIRA, "I think <@2> is right that the rent leaves us no choice, see <#42>."),
        (TOMAS, "Since <t:1767225600:R> the rent is up, <@!1>, so <@&77> should pay <:tea:12>."),
    ))  # fmt: skip
    (first, second) = shown(moot)
    assert first == ("Mira", "I think @Tomas is right that the rent leaves us no choice, see "
                     "#unknown-channel.")  # fmt: skip
    assert second[1] == ("Since 2026-01-01 00:00 UTC the rent is up, @Mira, so @unknown-role "
                         "should pay :tea:.")  # fmt: skip
    (hit,) = moot("search", "Tomas", "--json").document["hits"]
    assert hit["author"] == "Mira"
    for command in ("summary", "suggest"):
        outcome = moot(command, "Tea")
        assert not any(mark in outcome.out for mark in ("<@", "<#", "<t:", "<:"))


@pytest.mark.parametrize("words", ["I think <@2> is right.", "I think @Tomas is right."])
def test_a_name_is_followed_whether_or_not_the_exporter_has_put_it_in(
    moot: Moot, tmp_path: Path, words: str
) -> None:
    file = export(tmp_path / "a.json", (MIRA, words), (MIRA, "Yes."))
    document = json.loads(file.read_text())
    document["messages"][0]["mentions"] = [TOMAS]
    file.write_text(json.dumps(document))
    moot("import", file)
    assert shown(moot)[0][1] == "I think @Tomas is right."
    moot("db", "forget", "2", "--yes")
    moot("import", file)
    assert shown(moot)[0][1] == "I think @someone is right."


def test_who_is_shown_by_no_letter_is_called_by_the_user_name(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(
        tmp_path / "a.json",
        (called("13", "\u3164"), "I think that hats should come back."),
        (called("14", "\u200b\u2800"), "I disagree, because hats are dear."),
    ))  # fmt: skip
    assert people(moot) == ["user13", "user14"]


def test_namesakes_are_told_apart_wherever_they_are_named(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(
        tmp_path / "a.json",
        (called("11", "Alex"), "I think hats should come back, because the sun is strong."),
        (called("12", "Alex"), "I disagree with that, because hats are a nuisance."),
    ))  # fmt: skip
    assert people(moot) == ["Alex", "Alex (2)"]
    assert [name for name, _ in shown(moot)] == ["Alex", "Alex (2)"]
    (hit,) = moot("search", "nuisance", "--json").document["hits"]
    assert hit["author"] == "Alex (2)"
    assert "Alex (2) (id 12)" in moot("suggest", "Tea", "--as", "alex").err


def test_who_has_no_account_any_more_is_somebody_else_each_time(moot: Moot, tmp_path: Path) -> None:
    nobody = {**called("456226577798135808", "Deleted User"), "name": "Deleted User"}
    moot("import", export(
        tmp_path / "a.json",
        (nobody, "I think that hats are too dear."),
        (nobody, "I think that hats are cheap enough."),
    ))  # fmt: skip
    assert people(moot) == ["Deleted User", "Deleted User (2)"]


def test_who_has_a_name_and_no_id_is_known_by_the_name(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(
        tmp_path / "a.json",
        ({"name": "Ana"}, "I think that hats are too dear."),
        ({"name": "Ana"}, "But I wear one."),
        ({"name": " "}, "I think that hats are cheap enough."),
        ({"name": ""}, "I think that hats are fine."),
    ))  # fmt: skip
    assert people(moot) == ["Ana", "author of post 3", "author of post 4"]


def test_forwarded_words_are_read_and_are_nobodys_view(moot: Moot, tmp_path: Path) -> None:
    words = "I think the landlord lies, says <@2>."
    moot("import", export(
        tmp_path / "a.json",
        (TOMAS, "I think we should move."),
        (MIRA, ""),
        reference={"type": "Forward", "messageId": "77", "channelId": "9"},
        forwardedMessage={"content": words, "attachments": [{"fileName": "plan.png"}]},
    ))  # fmt: skip
    assert shown(moot)[1] == ("Mira", "> I think the landlord lies, says @Tomas.")
    summary = moot("summary", "Tea", "--json").document
    assert [each["author"] for each in summary["people"]] == ["Tomas"]
    assert (summary["receipt"]["read"], summary["receipt"]["skipped"]) == (2, [])
    assert moot("search", "landlord", "--json").document["hits"]


def test_notices_are_counted_and_empty_is_only_what_is_empty(moot: Moot, tmp_path: Path) -> None:
    file = export(tmp_path / "a.json", (MIRA, "I think so."), (MIRA, "Pinned a message."),
                  type="ChannelPinnedMessage")  # fmt: skip
    imported = moot("import", file, "--json").document["files"][0]
    assert imported["skipped"] == [{"reason": "system", "count": 1}]
    moot("import", file)
    receipt = moot("summary", "Tea", "--json").document["receipt"]
    assert receipt["skipped"] == [{"reason": "system", "count": 1}]


@pytest.mark.parametrize(
    "time",
    ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "10000-01-01T00:00:00Z",
     "-0044-03-15T00:00:00Z", "2026-02-30T10:00:00+00:00"],
)  # fmt: skip
def test_an_impossible_time_costs_one_message_and_no_file(
    moot: Moot, tmp_path: Path, time: str
) -> None:
    odd = export(tmp_path / "odd.json", (MIRA, "I think so."), (TOMAS, "Not I."), timestamp=time)
    good = export(tmp_path / "good.json", (MIRA, "I think so."), timestampEdited=time)
    outcome = moot("import", odd, good, "--json")
    assert outcome.status == 0
    one, other = outcome.document["files"]
    assert (one["added"], one["skipped"]) == (1, [{"reason": "impossible_time", "count": 1}])
    assert other["skipped"] == []


def test_a_page_in_another_language_is_refused_with_what_to_do(moot: Moot, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    box = "Anke\nBekanntes Mitglied\nRegistriert seit\n3. Mai 2019\nBeiträge\n1.204\n1. März 2026"
    page.write_text(
        f"Sonntag? | Forum\nSonntag?\n{box}\n#1\nIch finde ja.\n\u00a0\nÄhnliche Themen"
    )
    sentence = moot("import", page).sentence
    assert "switch the forum to English" in sentence
    assert moot("topics", "--json").document["topics"] == []
