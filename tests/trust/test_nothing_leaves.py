"""A whole sitting and what follows it: without a network, watched, and with a lax umask.

One run serves three questions: whether everything works where there is no network, whether anything
asked for one, and whether a file was ever open to others.
"""

import re
import stat
import sys
from pathlib import Path

from sealed import (
    Command,
    beyond_the_machine,
    coach,
    open_to_others,
    run_sealed,
    sockets_made,
)

STORY = "Last year the oven broke. I had to bake. I called a friend. As a result all was sold.\n\n"


def journey(samples: Path, out: Path) -> list[Command]:
    """Every way in and out: answers, looking back, exports, backups, forgetting."""
    return [
        coach("rejection", "add", "--company", "Acme", "--role", "Chef", "--feedback", "Dull."),
        coach("rejection", "ask", 1, "--name", "Kim", "--out", out / "letter.txt"),
        coach("drill", "--from", samples / "no-result.flac", "--questions", 1,
              "--kind", "behavioural"),
        coach("drill", "--typed", "--questions", 1, "--kind", "behavioural", stdin=STORY),
        coach("review"),
        coach("review", 1),
        coach("review", 1, "--correct", "1=S", "--note", "slower"),
        coach("review", "--export-corrections", out / "lines.jsonl"),
        coach("progress"),
        coach("bank", "add", "--text", "Why do you bake?", "--kind", "motivation",
              "--area", "hr.motivation"),
        coach("export", "--all", "--format", "html", "--out", out / "answers"),
        coach("export", "--out", out / "log.json"),
        coach("report", "--out", out / "report.html"),
        coach("backup", out / "backup.zip"),
        coach("review", 1, "--delete", "--yes"),
        coach("undo", "--yes"),
        coach("restore", out / "backup.zip", "--yes"),
        coach("import", out / "log.json"),
        coach("forget", "--all", "--yes"),
        coach(),
    ]  # fmt: skip


def test_a_whole_sitting_leaves_nothing_open_and_asks_for_no_network(
    tmp_path: Path, samples: Path, monkeypatch
):
    home, out, trace = tmp_path / "above" / "home", tmp_path / "out", tmp_path / "trace.txt"
    out.mkdir(mode=0o700)
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(out))
    ended = run_sealed(journey(samples, out), tmp_path, umask=0, trace=trace)
    for done in ended:
        assert done.code == 0, done
    assert "Missing: Result" in ended[2].out

    assert beyond_the_machine(trace) == []
    assert sockets_made(trace) == 1  # of the test itself, which brings loopback up

    assert open_to_others(trace) == []
    paths = [path for folder in (home.parent, out) for path in (folder, *folder.rglob("*"))]
    for path in paths:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    print(f"{len(ended)} commands, {len(paths)} files and folders, nothing beyond this machine")


# Serves the page, looks at it as a browser would, and ends it as Ctrl+C does.
VISIT = r"""
import re, signal, subprocess, sys, urllib.request
words = [sys.executable, "-m", "coach", "review", "--web", "--no-browser"]
server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
browser.open(address)
for path in ("/", "/takes", "/takes/1", "/takes/1/sound", "/progress", "/rejections/1"):
    with browser.open(address.partition("/?")[0] + path) as answer:
        print(path, answer.status, len(answer.read()))
server.send_signal(signal.SIGINT)
sys.exit(server.wait(30))
"""


def test_the_page_asks_nothing_of_another_machine(tmp_path: Path, samples: Path, monkeypatch):
    trace = tmp_path / "trace.txt"
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    *_, visit = run_sealed(
        [
            coach("rejection", "add", "--company", "Acme", "--role", "Chef", "--feedback", "Dull."),
            coach("drill", "--from", samples / "no-result.flac", "--questions", 1),
            Command((sys.executable, "-c", VISIT)),
        ],
        tmp_path,
        trace=trace,
    )
    assert visit.code == 0, visit.err
    assert re.findall(r"^(\S+) 200 \d{4,}$", visit.out, re.MULTILINE) == [
        "/", "/takes", "/takes/1", "/takes/1/sound", "/progress", "/rejections/1",
    ]  # fmt: skip
    assert beyond_the_machine(trace) == []


def test_what_would_leave_is_seen(tmp_path: Path):
    """The proof of the proofs: the same watch finds what each of them looks for."""
    talks = (
        "import socket, os; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "for where in (('192.0.2.1', 9), ('127.0.0.1', 53), ('127.0.0.1', 9)):\n"
        "    try: s.sendto(b'words', where)\n"
        "    except OSError: pass\n"
        "t = socket.socket(socket.AF_INET6)\n"
        "try: t.connect(('2001:db8::1', 443))\n"
        "except OSError: pass\n"
        f"os.mkdir({str(tmp_path / 'lax')!r}); open({str(tmp_path / 'lax' / 'words')!r}, 'w')\n"
        f"os.open({str(tmp_path / 'mine')!r}, os.O_CREAT, 0o600)\n"
        f"os.chmod({str(tmp_path / 'mine')!r}, 0o644)\n"
    )
    trace = tmp_path / "trace.txt"
    (done,) = run_sealed([Command((sys.executable, "-c", talks))], tmp_path, umask=0, trace=trace)
    assert done.code == 0, done.err
    assert len(beyond_the_machine(trace)) == 3
    assert sockets_made(trace) == 3
    faults = [Path(call.split('"')[1]).name for call in open_to_others(trace)]
    assert faults == ["lax", "words", "mine"]


def test_there_is_no_other_machine_inside(tmp_path: Path):
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    serve = (
        "import socket, threading\n"
        "s = socket.create_server(('127.0.0.1', 0))\n"
        "threading.Thread(target=lambda: s.accept()[0].sendall(b'page')).start()\n"
        "print(socket.create_connection(s.getsockname()).recv(9).decode())\n"
    )
    out, own = run_sealed([Command((sys.executable, "-c", each)) for each in (reach, serve)],
                          tmp_path)  # fmt: skip
    assert "Network is unreachable" in out.err
    assert (own.code, own.out) == (0, "page\n")
