"""A person downloads a topic from a Discourse forum and brings it in."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import ImportFailed
from bot.core.model import Message, Thread
from bot.core.sentences import split
from bot.importers import read

EXPORTS = Path(__file__).parents[2].parent / "shared" / "data" / "exports" / "discourse"
needs_exports = pytest.mark.skipif(
    not EXPORTS.exists(), reason="the sample topics lie beside the repository"
)


def post(number: int, cooked: str = "<p>words</p>", **more: Any) -> dict[str, Any]:
    whole = {
        "id": 500 + number,
        "post_number": number,
        "post_type": 1,
        "username": f"user{number}",
        "name": "Someone's Full Name",
        "user_id": number,
        "cooked": cooked,
        "created_at": f"2026-03-01T10:{number:02}:00.000Z",
        "updated_at": "2026-03-02T00:00:00.000Z",
        "version": 1,
        "topic_id": 12,
        "topic_slug": "is-darning-worth-it",
    }
    return {**whole, **more}


def topic(*posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    whole = {"id": 12, "title": "Is darning worth it?", "slug": "is-darning-worth-it"}
    return {**whole, "post_stream": {"posts": list(posts)}, **more}


def brought_in(folder: Path, document: object) -> Thread:
    file = folder / "anything.txt"
    file.write_text(json.dumps(document), encoding="utf-8")
    imported = read(file)
    assert imported.format == "discourse"
    (thread,) = imported.threads
    return thread


def only(folder: Path, cooked: str, **more: Any) -> Message:
    (message,) = brought_in(folder, topic(post(1, cooked, **more))).messages
    return message


def test_a_topic_comes_with_its_title_authors_times_and_replies(tmp_path: Path) -> None:
    reply = post(2, "<p>No.</p>", reply_to_post_number=1, version=2)
    thread = brought_in(tmp_path, topic(post(1), reply, closed=True))
    first, second = thread.messages
    assert (thread.topic.title, thread.topic.closed) == ("Is darning worth it?", True)
    assert (first.source_id, first.author.name) == ("501", "user1")
    assert first.posted_at == datetime(2026, 3, 1, 10, 1, tzinfo=UTC)
    assert (first.edited_at, first.reply_to) == (None, None)
    assert second.reply_to == "501"
    assert second.edited_at == datetime(2026, 3, 2, tzinfo=UTC)


def test_posts_alone_make_the_same_topic_with_a_title_from_the_address(tmp_path: Path) -> None:
    whole = brought_in(tmp_path, topic(post(1)))
    posts = brought_in(tmp_path, {"id": 12, "post_stream": {"posts": [post(1)]}})
    assert posts.topic.title == "Is darning worth it"
    assert posts.topic.source_id == whole.topic.source_id
    elsewhere = brought_in(tmp_path, topic(post(1), slug="another-forum"))
    assert elsewhere.topic.source_id != whole.topic.source_id


def test_posts_in_another_order_are_read_by_number(tmp_path: Path) -> None:
    thread = brought_in(tmp_path, topic(post(3), post(1), post(2, reply_to_post_number=1)))
    assert [message.source_id for message in thread.messages] == ["501", "502", "503"]
    assert thread.messages[1].reply_to == "501"


def test_what_nobody_says_any_more_is_left_out_and_counted(tmp_path: Path) -> None:
    thread = brought_in(
        tmp_path,
        topic(
            post(1),
            post(2, post_type=3),
            post(3, post_type=4),
            post(4, hidden=True),
            post(5, user_deleted=True),
            post(6, deleted_at="2026-03-02T00:00:00.000Z"),
            post(7, ""),
            post(1),
            post(8, posts_count=11),
        ),
    )
    assert [message.source_id for message in thread.messages] == ["501", "508"]
    counted = {"system": 2, "deleted": 3, "empty": 1, "duplicate": 1, "not_in_file": 2}
    assert thread.skipped == counted


def test_a_user_who_is_gone_is_nobody_elses_namesake(tmp_path: Path) -> None:
    gone = {"username": None, "user_id": None}
    thread = brought_in(tmp_path, topic(post(1, **gone), post(2, **gone), post(3, user_id=-1)))
    first, second, system = thread.messages
    assert first.author != second.author
    assert (second.author.name, second.author.bot) == ("author of post 2", False)
    assert system.author.bot


@pytest.mark.parametrize(
    ("cooked", "words"),
    [
        ("<p>One<br>\ntwo</p>\n\n<p><em>three</em></p>", "One\ntwo\n\n*three*"),
        ("<p>a &lt;b&gt; c_d *e*</p>", "a <b> c_d *e*"),
        (
            '<pre><code class="lang-python">def f():\n\n    pass\n</code></pre>',
            "```python\ndef f():\n\n    pass\n```",
        ),
        ('<pre><code class="lang-auto">a ``` b\n</code></pre>', "````\na ``` b\n````"),
        ("<blockquote><p>x<br>\ny</p></blockquote><p>z</p>", "> x\n> y\n\nz"),
        ('<p>Ask <a class="mention" href="/u/bob">@bob</a></p>', "Ask @bob"),
        ('<p>See <a href="https://a.example/x">this</a></p>', "See [this](https://a.example/x)"),
        ('<p><a href="http://a.example/">a.example</a></p>', "http://a.example/"),
        ('<p>Nice <img class="emoji" src="/s.png" alt=":smile:"></p>', "Nice :smile:"),
        ('<p>It was <span class="spoiler">the cat</span></p>', "It was ||the cat||"),
        ("<p>a<script>steal()</script><style>p{}</style></p><!-- b -->", "a"),
        ('<p><a href="javascript:x()">run</a></p>', "run"),
        ("<p>odd <![x]]> end", "odd <![x]]> end"),
        ('<ol start="²"><li>one</li></ol>', "1. one"),
        ("/etc/passwd", "/etc/passwd"),
    ],
)
def test_a_post_reads_as_its_author_wrote_it(tmp_path: Path, cooked: str, words: str) -> None:
    assert only(tmp_path, cooked).content == words


def test_quoted_words_are_marked_and_their_author_is_not_made_to_say_them(tmp_path: Path) -> None:
    quote = (
        '<aside class="quote" data-username="bob"><div class="title">'
        '<img class="avatar" src="/bob.png"> bob:</div>'
        '<blockquote><p>Buy new.</p><p><img src="/chart.png"></p></blockquote></aside>'
    )
    message = only(tmp_path, f"{quote}<p>I won't.</p>")
    assert message.content == "> Buy new.\n\nI won't."
    assert message.attachments == ()


def test_the_preview_of_a_link_is_only_the_link(tmp_path: Path) -> None:
    preview = (
        '<aside class="onebox"><header><a href="https://a.example/x">a.example</a></header>'
        '<article><img src="https://a.example/i.png"><p>Their words.</p></article></aside>'
    )
    message = only(tmp_path, f"<p>Read:</p>{preview}")
    assert message.content == "Read:\n\nhttps://a.example/x"
    assert message.attachments == ()


def test_pictures_are_attachments_by_the_name_that_they_were_given(tmp_path: Path) -> None:
    boxed = (
        '<div class="lightbox-wrapper"><a class="lightbox" href="//x/1.png" title="heel.png">'
        '<img src="//x/1_small.png"><div class="meta"><span class="filename">heel.png</span>'
        '<span class="informations">800x600 97 KB</span></div></a></div>'
    )
    message = only(tmp_path, f'<p>Look:</p>{boxed}<p><img src="/up/toe%201.jpg" alt="the toe"></p>')
    assert message.content == "Look:"
    assert message.attachments == ("heel.png", "toe 1.jpg: the toe")


def test_what_was_typed_goes_before_what_is_shown(tmp_path: Path) -> None:
    typed = "a  *b*\n- <i>c</i>"
    assert only(tmp_path, "<p>shown</p>", raw=typed).content == typed


def test_typed_quotes_are_told_apart_by_what_is_shown_or_at_least_marked(tmp_path: Path) -> None:
    typed = '[quote="bob, post:1, topic:12"]\nBuy new.\n[/quote]\n\nI won\'t.'
    shown = '<aside class="quote"><blockquote><p>Buy new.</p></blockquote></aside><p>I won’t.</p>'
    assert only(tmp_path, shown, raw=typed).content == "> Buy new.\n\nI won’t."
    assert only(tmp_path, "", raw=typed).content == "> Buy new.\n\nI won't."


def test_a_topic_that_does_not_say_which_it_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="which topic it is"):
        brought_in(tmp_path, {"post_stream": {"posts": []}})


def test_html_nested_without_end_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="nested too deep"):
        only(tmp_path, "<blockquote>" * 5000 + "x")


@needs_exports
def test_two_topics_with_the_same_post_ids_both_come_whole() -> None:
    first, second = (
        read(EXPORTS / f"discourse_topic_{number}.json").threads[0] for number in (1149, 1150)
    )
    assert first.topic.source_id == "1149:support-ublock-origin"
    assert second.topic.source_id == "1150:support-ublock-origin"
    assert [message.source_id for message in first.messages] == ["18952", "19133"]
    assert first.messages == second.messages
    assert first.topic.title == "[Support] uBlock Origin"


@needs_exports
def test_a_real_discussion_keeps_quotes_apart_and_names_what_is_missing() -> None:
    (thread,) = read(EXPORTS / "t_2144_posts.json").threads
    assert thread.topic.title == "Kpop demon hunters"
    assert len(thread.messages) == 20
    assert thread.skipped == {"not_in_file": 10}
    reply = next(each for each in thread.messages if each.source_id == "20128")
    assert reply.reply_to == "20127"
    assert reply.content.startswith("> Of course you’re tolerant of flaws")
    assert "anonymous105" not in reply.content
    assert not any(mark in each.content for each in thread.messages for mark in ("<p>", "<aside"))


@pytest.mark.parametrize("is_raw", [True, False])
def test_the_answers_of_a_poll_are_not_what_its_author_thinks(tmp_path: Path, is_raw: bool) -> None:
    cooked = (
        '<p>When?</p><div class="poll" data-poll-name="poll"><div class="poll-container"><ul>'
        '<li>Monday</li><li>Never</li></ul></div><div class="poll-info">0 voters</div></div>'
    )
    raw = "When?\n\n[poll type=regular]\n* Monday\n* Never\n[/poll]"
    typed = {"cooked": None, "raw": raw} if is_raw else {}
    message = only(tmp_path, **{"cooked": cooked, **typed})
    assert [each.text for each in split(message) if each.evidence] == ["When?"]
    assert "Never" in message.content


def test_whom_a_post_mentions_is_kept(tmp_path: Path) -> None:
    thread = brought_in(tmp_path, topic(post(1), post(2, "<p>@user1, you and @user9 err.</p>")))
    second = thread.messages[1]
    named = [(second.content[m.start : m.end], m.person) for m in second.mentions]
    assert named == [("@user1", "user1")]
