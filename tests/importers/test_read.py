"""Whatever file a person names, they get its discussion or one sentence."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.authors import shows
from bot.core.errors import ImportFailed
from bot.core.model import Thread
from bot.importers import FORMATS, Imported, read
from bot.importers.saved_file import SIZE_LIMIT

NAUGHTY = Path(__file__).parents[2].parent / "shared" / "data" / "injection" / "blns.json"


def page(author: str, title: str, words: str) -> str:
    box = f"{author}\n\nMember\nJoined\nMay 1, 2020\nMessages\n3"
    return f"{title} | A Board\n\n{title}\n\n{box}\n{words}\n\u00a0\nA reply\n\u00a0\n"


def discord(author: str, title: str, words: str) -> str:
    first = {
        "id": "1",
        "type": "Default",
        "timestamp": "2026-03-01T10:00:00+01:00",
        "timestampEdited": None,
        "content": words,
        "author": {"id": "7", "name": author, "nickname": None, "isBot": False},
        "attachments": [{"fileName": "a.png"}],
        "stickers": [{"name": "wave"}],
        "embeds": [{"color": "#fff"}],
        "reference": {"messageId": "0", "channelId": "2"},
    }
    messages = [first, {**first, "id": "2", "type": "Reply"}]
    return json.dumps(
        {"guild": {"id": "3"}, "channel": {"id": "2", "name": title}, "messages": messages}
    )


def discourse(author: str, title: str, words: str) -> str:
    first = {
        "id": 1,
        "post_number": 1,
        "post_type": 1,
        "posts_count": 2,
        "reply_to_post_number": None,
        "username": author,
        "user_id": 7,
        "raw": words,
        "cooked": "<p>shown</p>",
        "created_at": "2026-03-01T10:00:00Z",
        "updated_at": "2026-03-01T10:00:00Z",
        "version": 2,
        "hidden": False,
        "user_deleted": False,
        "deleted_at": None,
        "topic_id": 9,
        "topic_slug": "s",
    }
    stream = {"posts": [first, {**first, "id": 2, "raw": None}], "stream": [1, 2]}
    return json.dumps({"id": 9, "title": title, "slug": "s", "post_stream": stream})


SAVED: dict[str, Callable[[str, str, str], str]] = {
    "page": page,
    "discord": discord,
    "discourse": discourse,
}
every_format = pytest.mark.parametrize("name", SAVED)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "thread.dat"


def refusal(path: Path, format_name: str | None = None) -> str:
    with pytest.raises(ImportFailed) as refused:
        read(path, format_name)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def outcome(path: Path, format_name: str | None = None) -> Imported | str:
    """What a person gets: the discussion or one sentence. Anything else is a failed test."""
    try:
        return read(path, format_name)
    except ImportFailed as refused:
        sentence = str(refused)
    assert "\n" not in sentence
    assert path.name in sentence
    return sentence


@every_format
def test_the_content_tells_the_format_whatever_the_file_is_called(name: str, file: Path) -> None:
    file.write_text(SAVED[name]("Ilse", "Darning", "Worth it."), encoding="utf-8")
    found = read(file)
    assert found.format == name
    assert found == read(file, name)
    (thread,) = found.threads
    assert (thread.topic.title, len(thread.messages)) == ("Darning", 2)


@every_format
def test_a_format_that_the_file_does_not_have_is_refused(name: str, file: Path) -> None:
    file.write_text(SAVED[name]("Ilse", "Darning", "Worth it."), encoding="utf-8")
    for other in FORMATS.keys() - {name}:
        assert "thread.dat is not" in refusal(file, other)


def test_a_format_that_there_is_not_lists_those_there_are(file: Path) -> None:
    assert "page, discord, discourse" in refusal(file, "reddit")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\n", "is empty"),
        (b"Just some notes.\nMilk.", "in none of the formats"),
        (b'[{"kind": "Listing"}]', "in none of the formats"),
        (b'{"kind": "Listing"}', "in none of the formats"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture, and no text: save a forum page as text"),
        (b"SQLite format 3\0...", "is a database, and no text"),
        (b"\0\0\0\x18ftypmp42", "is not a text file"),
        ("Größe".encode("latin-1"), "is not text in UTF-8 (see byte 3)"),
        (b"\xff\xfea", "is not text in UTF-8"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"channel":' * 200_000, "nested too deep"),
        (b'{"channel": {"id": 1}, "messages": [' + b"9" * 5000 + b"]}", "damaged JSON"),
    ],
)
def test_a_file_that_holds_no_discussion_says_so(file: Path, content: bytes, sentence: str) -> None:
    file.write_bytes(content)
    assert sentence in refusal(file)
    assert str(file) in refusal(file)


def test_what_is_no_file_says_so(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert "is not there" in refusal(tmp_path / "gone.json")
    assert "can't be read" in refusal(tmp_path / ("x" * 5000))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "is not an ordinary file" in refusal(pipe)


def test_a_huge_file_is_refused_before_it_is_read(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(SIZE_LIMIT + 1)
    assert "more than the 256 MB" in refusal(file)


def test_a_file_name_can_not_steer_the_terminal(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[31m\nb\udcff.json"
    odd.write_text("no discussion")
    assert not set(refusal(odd)) & {"\x1b", "\n", "\udcff"}


@pytest.mark.parametrize("name", ["discord", "discourse"])
def test_a_download_cut_off_anywhere_is_refused_whole(name: str, file: Path) -> None:
    whole = SAVED[name]("Ilse", "Größe", "Worth it. 🧵").encode()
    for end in range(1, len(whole)):
        file.write_bytes(whole[:end])
        assert "cut off or damaged" in refusal(file)


def test_a_page_cut_off_anywhere_is_what_is_left_of_it_or_refused(file: Path) -> None:
    whole = page("Ilse", "Darning", "Worth it.").encode()
    for end in range(len(whole)):
        file.write_bytes(whole[:end])
        outcome(file)
        outcome(file, "page")


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings lie beside the repository")
@every_format
def test_naughty_strings_come_through_unchanged(name: str, file: Path) -> None:
    for naughty in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        if not naughty.strip(" \t"):
            continue
        # One of them begins with a byte order mark: a second one has to stay.
        saved = SAVED[name](naughty, naughty, naughty)
        file.write_text(saved, encoding="utf-8-sig", newline="")
        thread = read(file).threads[0]
        said = (thread.messages[0].author.name, thread.topic.title, thread.messages[0].content)
        kept = naughty.strip(" \t") if name == "page" else naughty
        author = "user 7" if name == "discord" and not shows(naughty) else kept
        assert said == (author, kept, naughty)


ODD_VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=8),
    st.sampled_from([[], {}, [None], {"id": None}, "<p><ol start=²><li>x", 10**400]),
)


def places(value: object, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every field of a document."""
    steps: list[Any] = []
    if isinstance(value, dict):
        steps = list(value)
    elif isinstance(value, list):
        steps = list(range(len(value)))
    below = [place for step in steps for place in places(value[step], (*here, step))]
    return [here, *below] if here else below


def changed(document: Any, place: tuple[Any, ...], value: object) -> Any:
    """The document with another value at a place, or without the place where it is `...`."""
    *way, last = place
    parent = document
    for step in way:
        parent = parent[step]
    if value is ...:
        del parent[last]
    else:
        parent[last] = value
    return document


def storable(thread: Thread) -> bool:
    texts = [thread.topic.title, thread.topic.source_id]
    for message in thread.messages:
        texts += [message.source_id, message.content, message.author.name, *message.attachments]
    return all(text.encode() or text == "" for text in texts)


@pytest.mark.parametrize("name", ["discord", "discourse"])
@given(data=st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_field_may_be_anything(name: str, file: Path, data: st.DataObject) -> None:
    document = json.loads(SAVED[name]("Ilse", "Darning", "Worth it."))
    place = data.draw(st.sampled_from(places(document)))
    value = data.draw(st.one_of(ODD_VALUES, st.just(...)))
    file.write_text(json.dumps(changed(document, place, value)), encoding="utf-8")
    for format_name in (None, name):
        found = outcome(file, format_name)
        assert isinstance(found, str) or all(storable(thread) for thread in found.threads)


MARKUP = re.split(
    r"\|",
    "<!|<!--|<?|</|<|>|--|[|]|<p>|<br>|x| |\n|<pre>|</pre>|<code>|```|<blockquote>|</blockquote>|"
    "<aside class=quote>|<div class=title>|<aside class=onebox>|</aside>|<a href='http://[x'>|"
    "<img src='http://[x'>|<img class=emoji>|<span class=spoiler>|<script>|<textarea>|&#xffffff;|"
    "<table>|<td colspan=²>|<tr>|<ol start=²>|<li>",
)


@given(st.lists(st.sampled_from(MARKUP), max_size=15).map("".join))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_html_gives_words(file: Path, cooked: str) -> None:
    document = changed(
        json.loads(discourse("Ilse", "Darning", "")), ("post_stream", "posts", 0, "cooked"), cooked
    )
    file.write_text(json.dumps(document), encoding="utf-8")
    assert isinstance(outcome(file), Imported)


PAGE_LINES = re.split(
    r"\|",
    "Ilse|Member|Joined|May 1, 2020|Messages|3|Reaction score|Ilse said:|Click to expand...|"
    "\u00a0||Users who are viewing this thread|New Posts|Back|Top|Last edited: now|words",
)


@given(st.lists(st.sampled_from(PAGE_LINES), max_size=40).map("\n".join))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_is_a_topic_or_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    found = outcome(file, "page")
    if isinstance(found, Imported):
        assert all(message.content for message in found.threads[0].messages)
