"""The application: from a request to a page, with the log opened for each request."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from coach import places, settings
from coach.assessment.norms import load_norms
from coach.errors import (
    CoachError,
    HomeError,
    LogError,
    NoSuchFileError,
    SettingsError,
    UnknownEntryError,
)
from coach.improvement.log import Log
from coach.review.web.page import NUMBER, Asked, Doer, Moved, Reader, Shown, Sound
from coach.review.web.rendering import STATIC, load_templates
from coach.review.web.routes import ACTIONS, NAVIGATION, PAGES

LARGEST = 1_000_000  # bytes of a form: ten times the words of the longest take
FIELDS = 20  # of a form
_STATUS = (
    (UnknownEntryError, 404),
    (NoSuchFileError, 404),
    (LogError, 503),
    (HomeError, 503),
    (SettingsError, 503),
)  # of every other error of the coach 422
SEE_OTHER = 303  # after something was done, look there
_SOUNDS = {".wav": "audio/wav", ".flac": "audio/flac", ".ogg": "audio/ogg", ".mp3": "audio/mpeg"}


class _Number(IntegerConvertor):
    """A number that the log can hold."""

    regex = NUMBER


register_url_convertor("id", _Number())


def build(clock: Callable[[], datetime]) -> Starlette:
    """The pages, as an ASGI application; it trusts every request (see `Guard`)."""
    templates = load_templates()
    pages = _Pages(templates, clock)
    return Starlette(
        routes=[
            *(Route(path, pages.reading(page)) for path, page in PAGES.items()),
            *(Route(path, pages.doing(do), methods=["POST"]) for path, do in ACTIONS.items()),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={404: pages.unknown},
    )


class _Pages:
    """Turns readers and doers into what the framework calls."""

    def __init__(self, templates: jinja2.Environment, clock: Callable[[], datetime]) -> None:
        self._templates = templates
        self._clock = clock
        self._opened = clock()

    def reading(self, page: Reader) -> Callable:
        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self._answer, request, page, {})

        return endpoint

    def doing(self, do: Doer) -> Callable:
        async def endpoint(request: Request) -> Response:
            body = b""
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST:
                    return self._said("That is too long to be kept.", "Send less of it.", 413)
            try:
                fields = parse_qsl(
                    body.decode(), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"
                )
            except ValueError:
                return self._said("The form cannot be read.", "Go back and send it again.", 400)
            return await run_in_threadpool(self._answer, request, do, dict(fields))

        return endpoint

    async def unknown(self, _request: Request, _error: Exception) -> Response:
        return self._said("There is no such page.", "The links above lead to all pages.", 404)

    def _answer(self, request: Request, page: Reader | Doer, form: Mapping[str, str]) -> Response:
        """Runs in a thread of its own, in which the log is opened."""
        try:
            norms = load_norms(settings.own_norms())
            with Log(places.database()) as log:
                asked = Asked(
                    log,
                    norms,
                    self._clock(),
                    self._opened,
                    request.path_params,
                    request.query_params,
                    form,
                )
                return self._response(page(asked), asked, request)
        except CoachError as error:
            status = next((code for kind, code in _STATUS if isinstance(error, kind)), 422)
            return self._said(error.message, error.next_step, status)

    def _response(self, found: Shown | Sound | Moved, asked: Asked, request: Request) -> Response:
        if isinstance(found, Moved):
            return RedirectResponse(found.to, SEE_OTHER)
        if isinstance(found, Sound):
            kind = _SOUNDS.get(found.path.suffix.lower(), "application/octet-stream")
            return FileResponse(found.path, media_type=kind)
        return self._page(
            found.template,
            request.url.path,
            **found.values,
            last_change=asked.last_change(),
            address=f"{request.url.path}?{request.url.query}".rstrip("?"),
        )

    def _said(self, message: str, next_step: str, status: int) -> Response:
        values = {"message": message, "next_step": next_step, "last_change": None}
        return self._page("error.html", None, status, **values)

    def _page(self, template: str, path: str | None, status: int = 200, **values: Any) -> Response:
        text = self._templates.get_template(template).render(
            **values, navigation=NAVIGATION, here=path
        )
        return HTMLResponse(text, status)
