"""Who is let in, what is refused, how the server begins and ends: plain HTTP, no browser."""

import re
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from web_server import Home, Server, ask, let_in, start, stop


@pytest.fixture(scope="module")
def cookie(server: Server) -> str:
    return let_in(server)


@pytest.mark.parametrize("path", ["/", "/takes/1", "/takes/1/sound", "/static/coach.css", "/none"])
def test_without_the_token_nothing_is_shown(server: Server, path: str):
    answer = ask(server, path)
    assert answer.status == 401
    assert b"coach review --web" in answer.body
    assert b"<" not in answer.body


def test_wrong_secrets_are_refused(server: Server, cookie: str):
    name = cookie.partition("=")[0]
    assert ask(server, "/?token=wrong").status == 403
    assert ask(server, "/?token=").status == 403
    assert ask(server, "/?token=%C3%A9").status == 403
    assert ask(server, "/?token=wrong", cookie=cookie).status == 403
    assert ask(server, "/", cookie=f"{name}=wrong").status == 401
    assert ask(server, "/", cookie=f"{name}=").status == 401
    assert ask(server, "/", cookie=f"{name}=\xe9").status == 401


def test_the_first_address_gives_a_cookie_and_is_left(server: Server):
    entry = urlsplit(server.entry)
    answer = ask(server, f"{entry.path}?{entry.query}")
    assert answer.status == 303
    assert answer.getheader("location") == "/"
    given = answer.getheader("set-cookie")
    assert "HttpOnly" in given
    assert "SameSite=strict" in given


def test_the_first_address_leads_to_a_page_of_ours_alone(server: Server):
    token = urlsplit(server.entry).query
    assert ask(server, f"//example.com/?{token}").getheader("location") == "/example.com/"
    assert ask(server, f"/takes/1?{token}").getheader("location") == "/takes/1"


def test_only_the_servers_own_name_is_answered(server: Server, cookie: str):
    port = urlsplit(server.origin).port
    assert ask(server, "/", cookie=cookie).status == 200
    assert ask(server, "/", cookie=cookie, host=f"localhost:{port}").status == 200
    for host in ("example.com", f"example.com:{port}", "127.0.0.1", f"127.0.0.1:{port}.evil.com",
                 f"[::1]:{port}", ""):  # fmt: skip
        assert ask(server, "/", cookie=cookie, host=host).status in (400, 403), host
    token = urlsplit(server.entry).query
    assert ask(server, f"/?{token}", host=f"example.com:{port}").status == 403


def test_only_our_own_pages_change_anything(server: Server, cookie: str, practised: Home):
    own = server.origin
    for headers in (
        {},
        {"origin": "null"},
        {"origin": "http://example.com"},
        {"origin": "http://127.0.0.1"},
        {"origin": own.replace("127.0.0.1", "localhost")},
        {"origin": own.replace("http:", "https:")},
        {"origin": own, "sec_fetch_site": "cross-site"},
        {"origin": own, "sec_fetch_site": "same-site"},
    ):
        answer = ask(server, "/takes/1/star", "POST", "starred=yes", cookie=cookie, **headers)
        assert answer.status == 403, headers
    assert "★" not in practised.coach("review")
    assert ask(server, "/", cookie=cookie, origin="http://example.com").status == 403
    assert ask(server, "/", cookie=cookie, sec_fetch_site="cross-site").status == 403
    done = ask(
        server, "/takes/1/star", "POST", "starred=yes",
        cookie=cookie, origin=own, sec_fetch_site="same-origin",
    )  # fmt: skip
    assert done.status == 303
    assert "★" in practised.coach("review")
    assert ask(server, "/takes/1/star", cookie=cookie).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/%2e%2e/errors.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/coach.css%00.png",
        "/static/",
        "/takes/../../coach.db",
        "/takes/..%2f..%2fcoach.db/sound",
        "/takes/%2e%2e/sound",
        "/takes/1%2f../sound",
        "/takes/-1/sound",
        "/takes/1e1",
        "/takes/99999999999999999999",
        "/takes/" + "9" * 5000,
        "/takes/999",
        "/takes/999/sound",
        "/coach.db",
    ],
)
def test_no_path_leads_to_a_file_that_is_not_meant(server: Server, cookie: str, path: str):
    answer = ask(server, path, cookie=cookie)
    assert answer.status == 404
    assert b"SQLite" not in answer.body
    assert b"root:" not in answer.body


def test_what_cannot_be_is_said_plainly(server: Server, cookie: str):
    for path, said in (
        ("/takes?since=soon", "no day"),
        ("/takes?missing=X", "no part of a story"),
        ("/takes?area=star.resalt", "star.result"),
        ("/takes?page=x", "no number"),
        ("/takes?rejection=1x", "no number"),
        ("/compare?first=1", "by their numbers"),
    ):
        answer = ask(server, path, cookie=cookie)
        assert answer.status == 422, path
        assert said in answer.body.decode(), path
    assert ask(server, "/takes?rejection=77", cookie=cookie).status == 404
    for odd in ('"', "AND (", "%00", "*", "%ff"):
        assert ask(server, f"/takes?words={odd.replace(' ', '+')}", cookie=cookie).status == 200


def test_forms_that_nobody_filled_in_change_nothing(server: Server, cookie: str, practised: Home):
    before = practised.coach("review", "1", "--json")
    own = {"cookie": cookie, "origin": server.origin}
    for path, body in (
        ("/takes/1/label", "first=0&last=1&part=R"),
        ("/takes/1/label", "part=R"),
        ("/takes/1/mend", "first=0&last=1&text=x"),
        ("/takes/1/note", "text=+"),
    ):
        assert ask(server, path, "POST", body, **own).status == 422, path
    assert ask(server, "/takes/1/note", "POST", "text=%ff", **own).status == 400
    assert ask(server, "/takes/1/note", "POST", "text=" + "x" * 1_000_001, **own).status == 413
    fields = "&".join("abcdefghijklmnopqrstuvwxyz")
    assert ask(server, "/takes/1/note", "POST", fields, **own).status == 400
    assert practised.coach("review", "1", "--json") == before


def test_every_answer_is_shut_in(server: Server, cookie: str):
    for answer in (ask(server, "/"), ask(server, "/", cookie=cookie), ask(server, "/x", host="x")):
        policy = answer.getheader("content-security-policy")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("cache-control") == "no-store"
        assert answer.getheader("cross-origin-resource-policy") == "same-origin"
        assert answer.getheader("access-control-allow-origin") is None


def test_any_stretch_of_the_sound_can_be_asked_for(server: Server, cookie: str):
    whole = ask(server, "/takes/1/sound", cookie=cookie)
    assert whole.status == 200
    assert whole.getheader("content-type") == "audio/wav"
    assert whole.getheader("accept-ranges") == "bytes"
    part = ask(server, "/takes/1/sound", cookie=cookie, range="bytes=1000-1999")
    assert part.status == 206
    assert part.body == whole.body[1000:2000]
    assert part.getheader("content-range") == f"bytes 1000-1999/{len(whole.body)}"
    assert ask(server, "/takes/1/sound", cookie=cookie, range="bytes=999999999-").status == 416


def test_the_page_opens_by_itself_or_at_a_take(coach):
    for words, said in (
        (("--web", "--search", "ovens"), "--search is for the terminal"),
        (("1", "--web", "--json"), "--json is for the terminal"),
        (("1", "--web", "--star"), "--star is for the terminal"),
    ):
        done = coach("review", *words)
        assert done.code == 2
        assert said in done.err
    gone = coach("review", "77", "--web")
    assert (gone.code, gone.out) == (24, "")


def test_what_the_browser_is_started_with_leads_in_but_once(practised: Home, tmp_path: Path):
    browser, given = tmp_path / "browser", tmp_path / "given"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{given}"\n')
    browser.chmod(0o700)
    server = start(practised, DISPLAY=":0", BROWSER=f"{browser} %s")
    assert ask(server, "/").status == 401  # it answers, so the browser was started
    address = urlsplit(given.read_text())
    assert f"http://{address.netloc}" == server.origin
    assert given.read_text() != server.entry
    path = f"{address.path}?{address.query}"
    assert [ask(server, path).status for _ in range(2)] == [303, 403]
    assert let_in(server)
    stop(server)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_one_clear_line(practised: Home, by: int):
    server = start(practised, "2")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/takes/2\?token=[\w-]{40,}", server.entry)
    assert ask(server, "/").status == 401
    assert stop(server, by).splitlines()[-1] == "The page is closed."
    assert server.process.returncode == 0
