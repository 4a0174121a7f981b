"""Where simcord 3.2.1 is not Discord, and it matters: set right for the length of a block.

test_simcord_shims.py shows each of these to be wanted, and to work. When simcord does it right by
itself, the test that says so fails, and the shim can go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simcord import Env
from simcord.backend.access import channel_accessible
from simcord.backend.errors import BackendError
from simcord.http import router

_HISTORY = ["channels", "{channel_id}", "messages"]
_ARCHIVED = ["channels", "{channel_id}", "threads", "archived", "public"]
_IN_A_CHANNEL = {
    "MESSAGE_CREATE": "channel_id",
    "MESSAGE_UPDATE": "channel_id",
    "MESSAGE_DELETE": "channel_id",
    "MESSAGE_DELETE_BULK": "channel_id",
    "THREAD_CREATE": "id",
    "THREAD_UPDATE": "id",
}


@contextmanager
def like_discord(env: Env) -> Iterator[None]:
    """All shims at once."""
    with oldest_first_after(), archived_threads_in_pages():
        hide_unseen_channels(env)
        yield


@contextmanager
def oldest_first_after() -> Iterator[None]:
    """`after` gives the messages next to it, newest first in the page; simcord the newest of all.

    Source: Discord's documentation of Get Channel Messages, and what `Messageable.history` of
    discord.py does with a page.
    """

    def history(original: router.Handler, context: router.RequestContext) -> Any:
        if "after" not in context.params:
            return original(context)
        limit = int(context.params.get("limit", 50))
        whole = router.RequestContext(**{**vars(context), "params": {**context.params}})
        whole.params["limit"] = 1_000_000
        return original(whole)[-limit:]

    with _route("GET", _HISTORY, history):
        yield


@contextmanager
def archived_threads_in_pages(size: int = 2) -> Iterator[None]:
    """Archived threads come newest first, `size` a page, `before` an archive time; and `has_more`.

    simcord gives all of them at once, in the order of their creation, whatever was asked.
    """

    def archived(original: router.Handler, context: router.RequestContext) -> Any:
        answer = original(context)
        before = context.params.get("before")
        threads = sorted(answer["threads"], key=_archived_at, reverse=True)
        if before is not None:
            threads = [each for each in threads if _archived_at(each) < before]
        return {**answer, "threads": threads[:size], "has_more": len(threads) > size}

    with _route("GET", _ARCHIVED, archived):
        yield


@contextmanager
def tag_demanded(forum: int) -> Iterator[None]:
    """A forum refuses a post without a tag; simcord knows no such setting.

    Source: Discord's documentation of `REQUIRE_TAG` and of error 40067.
    """

    def posted(original: router.Handler, context: router.RequestContext) -> Any:
        if context.int_arg("channel_id") == forum and not context.body().get("applied_tags"):
            raise BackendError(400, 40067, "A tag is required to create a forum post here")
        return original(context)

    with _route("POST", ["channels", "{channel_id}", "threads"], posted):
        yield


def hide_unseen_channels(env: Env) -> None:
    """The bot hears nothing of channels that it may not see; simcord tells it of all."""
    (feed,) = env.backend.subscribers

    def gated(event: str, payload: Any) -> None:
        key = _IN_A_CHANNEL.get(event)
        channel = int(payload[key]) if key and payload.get("guild_id") else None
        seen = channel is None or channel_accessible(env.backend, channel, env.backend.bot_user.id)
        if seen:
            feed(event, payload)

    env.backend.subscribers[0] = gated


def _archived_at(thread: Any) -> str:
    return thread["thread_metadata"]["archive_timestamp"]


@contextmanager
def _route(method: str, template: list[str], replaced: Any) -> Iterator[None]:
    table = router._ROUTES[method]
    place = next(place for place, (known, _) in enumerate(table) if known == template)
    before = table[place]
    table[place] = (template, lambda context: replaced(before[1], context))
    try:
        yield
    finally:
        table[place] = before
