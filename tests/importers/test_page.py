"""A person saves a forum page as text and brings it in."""

from pathlib import Path

import pytest

from bot.core.errors import ImportFailed
from bot.core.model import Message, Thread
from bot.importers import Imported, read

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "small-batch-thread.txt"
NBSP = "\u00a0"


def box(name: str, title: str = "Member") -> str:
    counts = "Messages\n1,204\nReaction score\n88\nPoints\n113"
    return f"{name}\n\n{title}\nJoined\nMar 2, 2021\n{counts}\n"


def page(*posts: str, title: str = "Is darning worth it?") -> str:
    body = "".join(f"{post}\n{NBSP}\n" for post in posts)
    foot = (
        "\nUsers who are viewing this thread\n\nNew Posts\n\nForum Statistics\n\n"
        "Threads\n12\nLatest member\nzed\nBack\nTop"
    )
    return f"{title} | The Mending Board\n\n{title}\n\n{body}{foot}"


def brought_in(folder: Path, text: str) -> Thread:
    file = folder / "saved"
    file.write_text(text, encoding="utf-8", newline="")
    imported = read(file)
    assert imported.format == "page"
    return imported.threads[0]


def names(thread: Thread) -> list[str]:
    return [message.author.name for message in thread.messages]


def words(thread: Thread) -> list[str]:
    return [message.content for message in thread.messages]


def test_a_page_becomes_a_topic_with_its_posts_and_none_of_its_furniture(tmp_path: Path) -> None:
    thread = brought_in(
        tmp_path, page(box("Ilse") + "I darn socks.\n\n\nEvery one of them.", "Why bother?")
    )
    assert thread.topic.title == "Is darning worth it?"
    assert words(thread) == ["I darn socks.\n\nEvery one of them.", "Why bother?"]
    assert names(thread) == ["Ilse", "author of post 2"]
    assert [message.posted_at for message in thread.messages] == [None, None]


def test_authors_whom_the_page_does_not_name_are_different_people(tmp_path: Path) -> None:
    first, second, third = brought_in(tmp_path, page(box("Ilse") + "A", "B", "C")).messages
    assert len({first.author, second.author, third.author}) == 3
    other = brought_in(tmp_path, page(box("Omar") + "A", "B"))
    assert second.author.source_id != other.messages[1].author.source_id


def test_named_posts_follow_unnamed_ones_and_each_other(tmp_path: Path) -> None:
    third = f"\n{box('Omar', 'Well-Known Member')}Three\n\nstill three"
    third_and_fourth = f"{third}\n\n{box('Bea', 'Moderator')}Four"
    thread = brought_in(tmp_path, page(box("Ilse") + "One", "Two", third_and_fourth))
    assert names(thread) == ["Ilse", "author of post 2", "Omar", "Bea"]
    assert words(thread) == ["One", "Two", "Three\n\nstill three", "Four"]


def test_a_name_without_a_title_below_is_not_made_the_last_words_of_another(
    tmp_path: Path,
) -> None:
    bare = "Omar\n\nJoined\nMay 1, 2020\nMessages\n3\n"
    thread = brought_in(tmp_path, page(f"{box('Ilse')}One\n\n{bare}Two"))
    assert (names(thread), words(thread)) == (["Ilse", "Omar"], ["One", "Two"])


@pytest.mark.parametrize(
    "head",
    [
        "Ilse\nMember\nJoined\nMay 1, 2020\nMessages\n3\n",
        "Ilse\n\nJoined\nMay 1, 2020\nMessages\n3\n",
        "Ilse\nJoined\nMay 1, 2020\nMessages\n3\nLocation\nGhent\n",
        "Home\nForums\n\nIlse\n\nMember\nStaff\nJoined\n\nMay 1, 2020\n\nMessages\n\n3\n",
    ],
)
def test_a_member_box_comes_in_several_shapes(tmp_path: Path, head: str) -> None:
    thread = brought_in(tmp_path, page(head + "Hello."))
    assert (names(thread), words(thread)) == (["Ilse"], ["Hello."])


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, end: str) -> None:
    text = page(box("Ilse") + "One\n\nline", "Two")
    assert brought_in(tmp_path, "\ufeff" + text.replace("\n", end)) == brought_in(tmp_path, text)


def test_a_page_saved_by_windows_in_utf16_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "saved.txt"
    file.write_text(page(box("Ilse") + "Größe"), encoding="utf-16")
    assert words(read(file).threads[0]) == ["Größe"]


def test_a_page_that_has_grown_is_the_same_topic_with_the_same_messages(tmp_path: Path) -> None:
    before = brought_in(tmp_path, page(box("Ilse") + "One", "Two"))
    grown = page(box("Ilse") + "One", "Two", box("Omar") + "Three").replace("1,204", "1,205")
    after = brought_in(tmp_path, grown)
    assert after.topic == before.topic
    assert after.messages[:2] == before.messages
    elsewhere = brought_in(tmp_path, page(box("Ilse") + "Another opening", "Two"))
    assert elsewhere.topic.source_id != before.topic.source_id


def test_what_a_post_quotes_is_marked_as_quoted(tmp_path: Path) -> None:
    reply = "Ilse said:\nDarning is dead.\nClick to expand...\nI don't think so."
    thread = brought_in(tmp_path, page(box("Ilse") + "Darning is dead.", reply))
    assert words(thread)[1] == "> Ilse said:\n> Darning is dead.\n\nI don't think so."


def test_the_pages_remark_on_an_edit_is_not_the_authors_words(tmp_path: Path) -> None:
    edited = box("Ilse") + "Last edited: a phrase.\n\nOne\n\nLast edited: Oct 3, 2025"
    assert words(brought_in(tmp_path, page(edited))) == ["Last edited: a phrase.\n\nOne"]


def test_words_that_look_like_the_foot_of_the_page_stay(tmp_path: Path) -> None:
    odd = "The page says\nUsers who are viewing this thread\nbut shows none\nNew Posts"
    thread = brought_in(tmp_path, page(box("Ilse") + odd, "Two"))
    assert words(thread) == [odd, "Two"]


def test_a_page_without_its_foot_still_ends(tmp_path: Path) -> None:
    bare = page(box("Ilse") + "One", "Two").partition("\nUsers who")[0]
    assert words(brought_in(tmp_path, bare)) == ["One", "Two"]
    other = f"{bare}\nForum Statistics\n\nThreads\n12\nBack\nTop"
    assert words(brought_in(tmp_path, other)) == ["One", "Two"]


def test_a_named_post_without_words_is_counted_and_keeps_its_place(tmp_path: Path) -> None:
    thread = brought_in(tmp_path, page(box("Ilse") + "One", box("Omar"), "Three"))
    assert [message.source_id for message in thread.messages] == ["1", "3"]
    assert thread.skipped == {"empty": 1}


def test_whom_a_post_mentions_is_kept(tmp_path: Path) -> None:
    thread = brought_in(tmp_path, page(box("Ilse B") + "A", box("Omar") + "@Ilse B is right, @x."))
    (mention,) = thread.messages[1].mentions
    assert (mention.start, mention.end, mention.person) == (0, 7, "Ilse B")


@pytest.mark.parametrize(
    "foreign",
    [
        "Registriert seit\n3. Mai 2019\nBeiträge\n1.204\n",
        "Registriert seit: 03.05.2019\nBeiträge: 1.204\n",
        "Inscrit\n12 Mars 2019\nMessages\n1\u202f204\n",
        "登録日\n2019年5月3日\nメッセージ\n12\n",
        "Регистрация\n3 Май 2019\nСообщения\n88\n",
    ],
)
def test_a_page_in_another_language_is_refused_with_a_hint(tmp_path: Path, foreign: str) -> None:
    with pytest.raises(ImportFailed, match="switch the forum to English"):
        brought_in(tmp_path, page(f"Anke\nMitglied\n{foreign}Ich finde ja.", title="Sonntag?"))


@pytest.mark.parametrize(
    "words", ["I met him\nin 2019\nand he had\n12", "It was in 2019.\nPages: 12", "In 2019\n12\n"]
)
def test_years_and_numbers_that_people_write_are_no_box(tmp_path: Path, words: str) -> None:
    thread = brought_in(tmp_path, page("I darn.", words))
    assert thread.messages[1].content == words.strip()


def test_a_page_where_nobody_posted_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="has no posts"):
        brought_in(tmp_path, page())


def test_a_plain_text_is_no_page_even_when_called_one(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Milk\nBread")
    with pytest.raises(ImportFailed, match=r"notes\.txt is not a forum page"):
        read(file, "page")


@pytest.mark.skipif(not SEED.exists(), reason="the seed page lies beside the repository")
class TestTheSeedPage:
    @pytest.fixture
    def thread(self) -> Thread:
        return brought(read(SEED))

    def test_has_the_pages_title_and_both_posts(self, thread: Thread) -> None:
        assert thread.topic.title == "Why Small-Batch Production Still Matters"
        assert names(thread) == ["christianGV", "author of post 2"]
        assert not thread.skipped

    def test_keeps_every_word_and_no_furniture(self, thread: Thread) -> None:
        opening, reply = thread.messages
        assert opening.content.startswith("I’ve been working in fashion")
        assert opening.content.endswith("Would love to hear your thoughts.")
        assert reply.content.startswith("I feel we should look")
        assert reply.content.endswith("can exist or not.")
        assert lines(opening) + lines(reply) == the_pages_own_lines()


def brought(imported: Imported) -> Thread:
    (thread,) = imported.threads
    return thread


def lines(message: Message) -> list[str]:
    return [line for line in message.content.split("\n") if line]


def the_pages_own_lines() -> list[str]:
    whole = SEED.read_text(encoding="utf-8").split("Reaction score\n29\n")[1]
    posts = whole.partition("Users who are viewing")[0]
    return [line for line in posts.split("\n") if line.strip()]
