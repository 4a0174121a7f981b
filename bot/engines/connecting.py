"""The way to a server: a client that is bounded, and a sentence for each way that is closed.

A key that can't be sent, an address that is none, a proxy or a certificate file that is not there:
each is named by the setting, or the variable of the environment, in which it stands.
"""

import os
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2

from bot.core.errors import EngineFailed
from bot.core.inert import one_line, shorten
from bot.engines.bodies import bound
from bot.engines.discretion import without_login

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class BadSetting(EngineFailed):
    """Nothing can be sent as things are set; `todo` says what a host can do."""

    def __init__(self, model: str, what: str, todo: str) -> None:
        super().__init__(f"The model {model} can't be asked: {what}.")
        self.todo = todo


def connected(
    model: str, base_url: str | None, api_key: str | None, timeout: float, *, own: bool
) -> "AsyncOpenAI":
    """A client that by itself tries nothing again and follows nobody elsewhere.

    `own` where the server is Moot's, on this computer: then no proxy is asked. Raises BadSetting.
    """
    # Here, since it takes more than half a second.
    from openai import AsyncOpenAI, DefaultAsyncHttpx2Client

    _check_address(model, base_url)
    _check_key(model, api_key)
    try:
        return AsyncOpenAI(
            base_url=base_url,
            api_key=api_key or "none",
            timeout=timeout,
            max_retries=0,
            default_headers={"Accept-Encoding": "identity"},
            http_client=DefaultAsyncHttpx2Client(
                event_hooks={"response": [bound]}, follow_redirects=False, trust_env=not own
            ),
        )
    except (OSError, ImportError, ValueError, httpx2.InvalidURL) as error:
        raise _closed(model, error) from error


def _check_address(model: str, base_url: str | None) -> None:
    if base_url is None:
        return
    shown = shorten(one_line(without_login(base_url) or ""), 100)
    try:
        parts = urlsplit(base_url)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port, httpx2.URL(base_url)
    except (ValueError, httpx2.InvalidURL):
        is_one = False
    if not is_one or any(each.isspace() for each in base_url):
        what = f'its address (base_url) is "{shown}", not one like http://127.0.0.1:8080/v1'
        raise BadSetting(model, what, "Set base_url under [llm] to the server's whole address.")


def _check_key(model: str, api_key: str | None) -> None:
    if api_key and not (api_key.isascii() and api_key.isprintable() and " " not in api_key):
        what = "its key (api_key) has a character that no key has, such as a space or a curly quote"
        todo = "Copy the key again: OPENAI_API_KEY, or api_key under [llm]."
        raise BadSetting(model, what, todo)


def _closed(model: str, error: Exception) -> BadSetting:
    """What in the environment keeps a client from being made."""
    for name in _CERTIFICATES:
        if isinstance(error, ssl.SSLError | OSError) and (path := _set(name)):
            what = f"{name} names a file of certificates, {path}, that can't be read"
            return BadSetting(model, what, f"Mend {name} in the environment, or take it out.")
    proxies = [name for name in _PROXIES if _set(name)]
    if proxies:
        named = " or ".join(proxies)
        what = f"{named} names a proxy that can't be used, such as a SOCKS one"
        return BadSetting(model, what, f"Set {named} to an http:// proxy, or take it out.")
    what = f"its connection can't be made ({one_line(str(error))})"
    return BadSetting(model, what, "Look over [llm] and the variables for proxies.")


def _set(name: str) -> str | None:
    return os.environ.get(name) or os.environ.get(name.lower())


def was_sent(error: BaseException) -> bool:
    """Whether a request may have reached the server before the connection failed."""
    before = (
        httpx2.ConnectError,
        httpx2.ConnectTimeout,
        httpx2.ProxyError,
        httpx2.UnsupportedProtocol,
        httpx2.LocalProtocolError,
        httpx2.PoolTimeout,
    )
    return not any(isinstance(each, before) for each in _causes(error))


def why_unreached(error: BaseException) -> str:
    """What became of a connection that failed, as a predicate of the server."""
    causes = list(_causes(error))
    told = " ".join(map(str, causes)).lower()
    if any(isinstance(each, httpx2.ProxyError) for each in causes):
        return f"can't be reached: the proxy refuses ({' or '.join(_PROXIES)} in the environment)"
    if "certificate" in told:
        return "can't be reached: its certificate is not trusted (SSL_CERT_FILE can name its own)"
    if "ssl" in told:
        return "can't be reached: it does not speak https (its address is base_url)"
    if "name or service" in told or "getaddrinfo" in told or "nodename" in told:
        return "can't be reached: no computer has that name (its address is base_url)"
    return "broke off the connection" if was_sent(error) else "can't be reached"


def _causes(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    for _ in range(10):
        if each is None:
            return
        yield each
        each = each.__cause__ or each.__context__
