"""What speaks no HTTP, or breaks it, is a server that gave no answer: quotes, and a sentence."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot.core.summary import Summary
from bot.partner import DiscussionPartner
from tests.engines.llm.world import configured, with_partner

HEAD = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def saying(answer: bytes) -> Generator[str]:
    """A socket that says the same to everybody, and hangs up; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    caller, _ = server.accept()
                    with caller, suppress(OSError):
                        caller.recv(65_536)
                        caller.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"", "broke off the connection"),
        (b"\x00\xff" * 100, "broke off the connection"),
        (b"SSH-2.0-OpenSSH_9\r\n", "broke off the connection"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", "broke off the connection"),
        (b"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", "broke off"),
        (HEAD + b"Content-Length: -5\r\n\r\n{}", "broke off the connection"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", "broke off the connection"),
        (HEAD + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n{}", "broke off the connection"),
        (HEAD + b"X: a\r\n" * 100_000 + b"\r\n{}", "broke off the connection"),
        (HEAD + b"\r\n", "not JSON"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "not JSON"),
        (HEAD + b"Content-Type: \xff; charset=\xff\r\nContent-Length: 2\r\n\r\n{}", "no chat comp"),
        (b"HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\n{}", "answered 999."),
        (b"HTTP/1.1 429 X\r\nRetry-After: \xff\r\nContent-Length: 2\r\n\r\n{}", "answered 429."),
    ],
)
def test_what_breaks_the_protocol_ends_in_quotes(tmp_path: Path, answer: bytes, told: str) -> None:
    async def work(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    with saying(answer) as url:
        shown = with_partner(configured(tmp_path, url), work)
    assert shown.engine.name == "quotes"
    assert told in (shown.engine.fallback or "")
    assert shown.receipt.cited == 3
