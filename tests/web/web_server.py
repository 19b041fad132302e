"""What the page is looked at with: a home, the server of it, a page in Chromium that is watched."""

import http.client
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 30  # s that the server has to end
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Home:
    """A folder of a user's data, and the command line that works on it."""

    path: Path

    @property
    def environment(self) -> dict[str, str]:
        own = {"COACH_HOME": str(self.path), "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
        return {**os.environ, **own, "XDG_CACHE_HOME": str(self.path.parent / "cache")}

    def coach(self, *words: object, stdin: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "coach", *map(str, words)],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@dataclass
class Server:
    """A `coach review --web`.

    Attributes:
        entry: the first address, with its token.
        origin: what every address begins with.
    """

    process: subprocess.Popen
    entry: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.entry)
        return f"{parts.scheme}://{parts.netloc}"


def start(home: Home, *words: object, **variables: str) -> Server:
    """Start it; a browser is opened where variables of the environment name one."""
    quiet = () if variables else ("--no-browser",)
    process = subprocess.Popen(
        [sys.executable, "-m", "coach", "review", "--web", *quiet, *map(str, words)],
        env=home.environment | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed = ""
    for line in process.stdout:
        printed += line
        found = re.search(r"http://\S+", line)
        if found:
            return Server(process, found.group())
    raise AssertionError(f"no address was printed:\n{printed}")


def stop(server: Server, by: int = signal.SIGINT) -> str:
    """End it as a user does; what it printed at the end."""
    server.process.send_signal(by)
    return server.process.communicate(timeout=PATIENCE)[0]


def ask(
    server: Server, path: str, method: str = "GET", body: str = "", **headers: str
) -> http.client.HTTPResponse:
    """One request, with exactly these headers; `host` is the server's own unless it is given."""
    connection = http.client.HTTPConnection(urlsplit(server.origin).netloc, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    named = {"host": urlsplit(server.origin).netloc, **headers}
    for name, value in named.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def let_in(server: Server) -> str:
    """The cookie that the first address gives."""
    entry = urlsplit(server.entry)
    given = ask(server, f"{entry.path}?{entry.query}").getheader("set-cookie")
    return given.partition(";")[0]


@dataclass
class Watched:
    """A page in Chromium, and what may not happen on it.

    Attributes:
        complaints: what stood in its console, and requests that failed.
        foreign: requests beyond this server.
    """

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.origin + path)
        return self.page


def watched(context: BrowserContext, server: Server) -> Watched:
    """A new page that is let in, and watched."""
    page = context.new_page()
    found = Watched(page, server.origin)
    page.on("console", lambda said: found.complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(server.origin + "/") else found.foreign.append(asked.url)
        ),
    )
    page.goto(server.entry)
    return found


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe holds to be a serious fault, each with the first element that has it."""
    return [
        (fault["id"], fault["nodes"][0]["html"])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


def until(page: Page, true: str) -> None:
    """Wait until an expression of the page is true (its policy forbids wait_for_function)."""
    for _ in range(500):
        if page.evaluate(true):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {true}")
