"""A server with a real home, and a real Chromium that looks at it.

The home is made once by the command line, with the packaged answers as takes 1 to 3; each module
works on a copy of it. The server is a process of its own, as a user starts it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 30  # s that the server has to start
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "coach" / "samples"
QUESTION = "teamwork-04"  # of takes 1 and 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, these share one, so that the home is made once."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("web"))


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


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three spoken takes, two of them of one question; one rejection."""
    home = Home(tmp_path_factory.mktemp("web") / "home")
    home.coach(
        *("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", "2026-01-05"),
        *("--area", "star.result"),
    )
    for sample, question in (
        ("no-result.flac", QUESTION),
        ("rambling.flac", "conflict-01"),
        ("good-retake.flac", QUESTION),
    ):
        home.coach("drill", SAMPLES / sample, "--question", question, "--questions", "1")
    return home.path


@pytest.fixture(scope="module")
def practised(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The module's own copy of the home."""
    folder = tmp_path_factory.mktemp("practised") / "home"
    shutil.copytree(made_home, folder)
    return Home(folder)


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


def start(home: Home, *words: object) -> Server:
    process = subprocess.Popen(
        [sys.executable, "-m", "coach", "review", "--web", "--no-browser", *map(str, words)],
        env=home.environment,
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


@pytest.fixture(scope="module")
def server(practised: Home) -> Iterator[Server]:
    started = start(practised)
    yield started
    stop(started)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


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


@pytest.fixture
def look(chromium: Browser, server: Server) -> Iterator[Watched]:
    """A page that was let in, 1280 px wide; nothing may complain, and nothing may leave."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    found = watched(context, server)
    yield found
    context.close()
    assert found.complaints == []
    assert found.foreign == []
