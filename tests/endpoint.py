"""A scripted chat completions server on loopback, for what a real model won't do on demand."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server answers: a completion's content, or any body with a status."""

    content: str | None = None
    status: int = 200
    body: bytes | None = None
    content_type: str = "application/json"
    finish: str = "stop"
    refusal: str | None = None
    wait: threading.Event | None = None
    headers: dict[str, str] = field(default_factory=dict)
    chunks: Iterable[bytes] | None = None
    """A body that comes in pieces, each as it is made, with no word of how long it is."""
    usage: dict[str, Any] | None = field(
        default_factory=lambda: {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    )

    def encoded(self) -> bytes:
        if self.body is not None:
            return self.body
        message = {"role": "assistant", "content": self.content, "refusal": self.refusal}
        completion = {
            "id": "c",
            "object": "chat.completion",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": self.finish}],
            "usage": self.usage,
        }
        return json.dumps(completion).encode()


def refusal(message: str, **more: str) -> Reply:
    """A 400 that says what the server does not take."""
    error = {"message": message, "type": "invalid_request_error", **more}
    return Reply(status=400, body=json.dumps({"error": error}).encode())


def asked(request: dict[str, Any]) -> str:
    """What a request asks: its last turn that is neither an example nor a plea for repair."""
    turns = [each["content"] for each in request["messages"] if each["role"] == "user"]
    return next(each for each in reversed(turns) if not each.startswith(PLEAS))


PLEAS = ("That answer can't be", "Somebody held your")
"""How turns begin that ask for an answer to be mended."""
Script = Callable[[dict[str, Any]], Reply]


@dataclass
class Endpoint:
    """The running server, and every request that it got. `listing` is answered for its models."""

    script: Script
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    model: dict[str, Any] = field(default_factory=lambda: {"id": "scripted", "object": "model"})
    listing: Reply | None = None


@contextmanager
def serving(script: Script) -> Iterator[Endpoint]:
    """Runs the server on a free port while the block lasts."""
    endpoint = Endpoint(script)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            listed = json.dumps({"object": "list", "data": [endpoint.model]}).encode()
            self.answer(endpoint.listing or Reply(body=listed))

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            if len(body) < size:
                self.close_connection = True  # the client was killed in mid-sentence
                return
            request = json.loads(body)
            endpoint.requests.append(request)
            reply = endpoint.script(request)
            if reply.wait:
                reply.wait.wait(30)
            self.answer(reply)

        def answer(self, reply: Reply) -> None:
            body = reply.encoded() if reply.chunks is None else b""
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.content_type)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.chunks is None:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                for chunk in reply.chunks or ():
                    self.wfile.write(chunk)
                self.close_connection = self.close_connection or reply.chunks is not None
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client gave up waiting, as it should

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def in_turn(*replies: Reply) -> Script:
    """A script that gives these replies one after the other."""
    left = list(replies)
    return lambda request: left.pop(0)
