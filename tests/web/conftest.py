"""A server with a real home, and a real Chromium that looks at it.

The home is made once by the command line, with packaged answers; each module works
 on a copy of it. The server is a process of its own, as a user starts it.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from web_server import CHROMIUM, ROOT, Home, Server, Watched, start, stop, watched

sys.path.append(str(ROOT / "tests"))  # for past_takes

SAMPLES = ROOT / "coach" / "samples"
QUESTION = "teamwork-04"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, these share one, so that the home is made once."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("web"))


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Takes 1 and 2 are spoken answers to one question, the second with fillers; 3 is typed.

    There is one rejection.
    """
    home = Home(tmp_path_factory.mktemp("web") / "home")
    home.coach(
        *("rejection", "add", "--company", "Acme", "--role", "Chef", "--date", "2026-01-05"),
        *("--area", "star.result"),
    )
    for sample in ("no-result.flac", "rambling.flac"):
        asked = ("--question", QUESTION, "--questions", "1", "--seed", "1")
        home.coach("drill", SAMPLES / sample, *asked)
    salary = ("drill", "--typed", "--question", "salary-01", "--questions", "1")
    home.coach(*salary, stdin="I would like between thirty and thirty four thousand.\n\n")
    return home.path


@pytest.fixture(scope="module")
def practised(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The module's own copy of the home."""
    folder = tmp_path_factory.mktemp("practised") / "home"
    shutil.copytree(made_home, folder)
    return Home(folder)


@pytest.fixture(scope="module")
def server(practised: Home) -> Iterator[Server]:
    started = start(practised)
    yield started
    ended = stop(started)
    assert "Traceback" not in ended
    assert ended.endswith("The page is closed.\n")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("needs the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Browser, server: Server) -> Iterator[Watched]:
    """A page that was let in, 1280 px wide; nothing may complain, and nothing may leave."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    found = watched(context, server)
    yield found
    context.close()
    assert found.complaints == []
    assert found.foreign == []
