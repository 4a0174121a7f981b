"""A forum page saved as text: the title, then posts, with the page's furniture around them.

The first line is `Title | Site`, the title again follows. Before a post that the page names
stand its author and a member box (`Joined`, a date, `Messages`, a number, ...); a lone
no-break space on a line ends a post, and a post without a box after one has an author whom the
page does not name. Boxes are known in English; a page with others is refused, since names would be
lost in the words. The page gives no times of posts, so none are made up.

A post's id is its place on the page. Saved again when it has grown, the page is the same topic:
that is known by title, first author and first words. It must not know where the file came from.
"""

import re
from collections.abc import Mapping
from hashlib import blake2b

from bot.core.authors import unnamed
from bot.core.errors import ImportFailed
from bot.core.mentions import marked
from bot.core.model import Author, Message, Thread, Topic
from bot.importers.page_posts import Post, cut, folded, has_member_box, is_foreign
from bot.importers.saved_file import SavedFile

_FIRST_WORDS = 100
"""Characters of the opening post that name a topic."""

_LINES = re.compile(r"\n*([^\n]+)(?:\n+([^\n]+))?")


def recognises(saved: SavedFile) -> bool:
    """Whether the content has a member box, or the title above its repetition."""
    if saved.document is not None:
        return False
    page = folded(saved.text)
    return has_member_box(page) or is_foreign(page) or _head(page)[2]


def threads(saved: SavedFile) -> tuple[Thread, ...]:
    """The one topic of a page."""
    if not recognises(saved):
        raise ImportFailed(
            f"{saved.name} is not a forum page saved as text: it has neither a member box nor "
            "its title twice at the top; save the whole page."
        )
    page = folded(saved.text)
    if is_foreign(page):
        raise ImportFailed(
            f"{saved.name} is a forum page in another language than English, and nothing tells "
            "its posts apart: switch the forum to English (often at the foot of the page), and "
            "save the page again."
        )
    title, rest, _ = _head(page)
    posts = cut(rest)
    said = [post for post in posts if post.words]
    if not said:
        raise ImportFailed(f"{saved.name} has no posts; save the page when it has loaded whole.")
    topic = Topic("page", _source_id(title, posts[0]), title)
    people = {post.author: post.author for post in said if post.author}
    messages = tuple(_message(topic, post, people) for post in said)
    empty = len(posts) - len(said)
    return (Thread(topic, messages, {"empty": empty} if empty else {}),)


def _head(page: str) -> tuple[str, str, bool]:
    """The title, what follows it, and whether it is there twice, as a saved page has it."""
    found = _LINES.match(page)
    if found is None:
        return "", page, False
    first, second = (line.strip(" \t") for line in found.groups(""))
    site = first.removeprefix(second).lstrip(" \t")
    if second and (first == second or (site != first and site.startswith(("| ", "- ")))):
        return second, page[found.end() :], True
    return first.rpartition(" | ")[0] or first, page[found.end(1) :], False


def _source_id(title: str, opening: Post) -> str:
    """64 bits of BLAKE2b in hex over what stays when a page grows."""
    first_words = " ".join(opening.words.split())[:_FIRST_WORDS]
    known_by = "\0".join((title, opening.author or "", first_words))
    return blake2b(known_by.encode(), digest_size=8).hexdigest()


def _message(topic: Topic, post: Post, people: Mapping[str, str]) -> Message:
    source_id = str(post.place)
    mentions = marked(post.words, (), people)
    if post.author is None:
        author = unnamed(topic.source_id, source_id, f"author of post {post.place}")
        return Message(source_id, author, post.words, mentions=mentions)
    return Message(source_id, Author(post.author, post.author), post.words, mentions=mentions)
