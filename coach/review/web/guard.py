"""Who may ask: only a browser on this machine that was given the first address.

Other programs and other pages in the same browser can reach a port on the loopback too. So a
request must name this server as its Host (no foreign name that was pointed here), must carry the
cookie that only the first address sets, and, to change anything, must come from a page of ours.
"""

from secrets import compare_digest, token_urlsafe
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = ("GET", "HEAD")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it, browsers send a form of ours with the Origin "null".
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Stands before the application, and refuses what may not be asked.

    Args:
        port: that the server listens on.
        token: the secret in the first address.
        once: one that lets in but one time.
    """

    def __init__(self, app: ASGIApp, port: int, token: str, once: str) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._token = token
        self._once: str | None = once
        # Cookies are shared by all ports of a host, so its name says whose it is.
        self._cookie = f"coach-{port}"
        self._session = token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        answer = self._refusal(Request(scope)) or self._entry(Request(scope)) or self._app
        await answer(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        """Why the request may not be asked whoever asks it; None where it may."""
        headers = request.headers
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return _refused("This address is not the page's own.")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _refused("Another site led here. Type the address that coach printed.")
        origin = headers.get("origin")
        if origin is None and request.method in _SAFE:
            return None
        if origin != f"http://{headers['host']}":
            return _refused("Only the page itself may ask this.")
        return None

    def _entry(self, request: Request) -> Response | None:
        """The way in by the first address, or why there is none; None for who is in."""
        token = request.query_params.get("token")
        if token is not None and request.method in _SAFE:
            if self._once and _same(token, self._once):
                self._once = None
            elif not _same(token, self._token):
                return _refused("The token in the address is wrong.")
            # With one slash alone: two would name another host.
            inside = RedirectResponse("/" + quote(request.url.path.lstrip("/")), 303)
            inside.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
            return inside
        if not _same(request.cookies.get(self._cookie, ""), self._session):
            return _refused("Open the address that `coach review --web` printed.", 401)
        return None


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode(errors="surrogateescape"), wanted.encode())


def _refused(why: str, status: int = 403) -> Response:
    return PlainTextResponse(f"{why}\n", status)
