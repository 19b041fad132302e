"""What the page costs: `python tests/benchmarks/bench_page.py [--json FILE]`.

Fills a temporary home as bench_log.py does, with 10,000 takes, and adds one of ten minutes. The
server's times are those of whole requests over the loopback, with the page's own server in a
process of its own. In Chromium the page of the long take counts as usable once its words can be
clicked and its sound can be played. Exits with 1 where a median of the rounds is above its limit.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from bench_log import ROUNDS, fill
from past_takes import STORY, add_take
from playwright.sync_api import sync_playwright
from web_server import CHROMIUM, Home, Server, start, stop

from coach import places
from coach.improvement.log import Log
from coach.practice import all_questions

ON_SERVER, IN_BROWSER = 200.0, 1000.0  # ms
REQUESTS = {
    "the list": "/takes",
    "search, any word": "/takes?words=the",
    "search, rare word": "/takes?words=supplier",
    "search, a phrase": "/takes?words=%22hotel+next+door%22",
    "the list, page 100": "/takes?page=100",
    "missing R": "/takes?missing=R",
    "an area": "/takes?area=star.result",
    "a take of a minute": "/takes/100",
    "two takes": "/compare?first=100&second=101",
    "progress": "/progress",
    "rejections": "/rejections",
    "home": "/",
}
USABLE = """() => {
    const audio = document.getElementById('audio');
    return audio.readyState >= 2 && document.querySelector('.w[role=button]') !== null;
}"""


def milliseconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - began)


def on_server(server: Server) -> dict[str, list[float]]:
    browser = build_opener(HTTPCookieProcessor())
    browser.open(server.entry).read()
    times = {}
    for name, path in REQUESTS.items():
        if _is_there(browser, server.origin + path):
            times[name] = [
                milliseconds(lambda path=path: browser.open(server.origin + path).read())
                for _ in range(ROUNDS)
            ]
    return times


def _is_there(browser: OpenerDirector, address: str) -> bool:
    try:
        browser.open(address).read()
    except HTTPError as error:
        if error.code != 404:
            raise
        return False
    return True


def in_browser(server: Server, take: int) -> list[float]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(server.entry)

        def look() -> None:
            page.goto(f"{server.origin}/takes/{take}", wait_until="commit")
            while not page.evaluate(USABLE):
                pass

        look()
        return [milliseconds(look) for _ in range(ROUNDS)]


def long_take(home: Path) -> int:
    """A take of ten minutes: twelve hundred words, half a second each."""
    with Log(places.database()) as log:
        return add_take(log, home, " ".join([STORY] * 28)).id


def main() -> int:
    options = argparse.ArgumentParser(description="Time the page's server and the page.")
    options.add_argument("--json", type=Path, metavar="FILE", help="Write the times there too.")
    file = options.parse_args().json
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        home = Home(Path(folder) / "home")
        os.environ["COACH_HOME"] = str(home.path)
        fill(places.database(), all_questions(), datetime.now(UTC))
        number = long_take(home.path)
        with Log(places.database()) as log:
            print(f"take {number}: {log.attempt(number).recording.seconds:.0f} s")
        server = start(home)
        try:
            times = on_server(server)
            slow = {"a take of ten minutes, in Chromium": in_browser(server, number)}
        finally:
            stop(server)
    late = False
    for most, found in ((ON_SERVER, times), (IN_BROWSER, slow)):
        for name, each in found.items():
            middle = sorted(each)[ROUNDS // 2]
            late = late or middle > most
            print(f"{name:35} {middle:6.0f} ms of {most:.0f}, the slowest {max(each):6.0f} ms")
    if file:
        file.write_text(json.dumps(times | slow, indent=2) + "\n", encoding="utf-8")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
