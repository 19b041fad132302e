"""Runs commands where no network is but loopback, and with any umask; strace watches if wanted.

As a program, `python sealed.py UMASK RESULTS`, it is what runs inside: it brings loopback up, reads
commands as JSON from standard input, and writes how each of them ended as JSON to a file.
"""

import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

PATIENCE = 300  # s: the machine may be busy
CREATING = "open,openat,creat,mkdir,mkdirat,chmod,fchmod,fchmodat,unlink,unlinkat,rename,renameat"
HARMLESS = ("/dev/null", "/dev/tty", "/proc/")
NAMES = 53  # the port at which names are looked up, also by way of a server on this machine
_UP, _SET_FLAGS, _GET_FLAGS = 0x1, 0x8914, 0x8913  # IFF_UP, SIOCSIFFLAGS, SIOCGIFFLAGS


@dataclass(frozen=True)
class Command:
    words: tuple[str, ...]
    stdin: str = ""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str


def coach(*words: object, stdin: str = "") -> Command:
    return Command((sys.executable, "-m", "coach", *map(str, words)), stdin)


def run_sealed(
    commands: Sequence[Command], folder: Path, *, umask: int = 0o022, trace: Path | None = None
) -> list[Done]:
    """Run commands one after the other in a network namespace whose one interface is loopback.

    Args:
        folder: an empty one for what this needs itself.
        trace: where strace notes what they and their children ask of the network and of files.
    """
    results = folder / "results.json"
    line = [sys.executable, __file__, str(umask), str(results)]
    line = ["unshare", *(["-n"] if os.geteuid() == 0 else ["-rn"]), *line]
    if trace is not None:
        watched = f"trace=%network,{CREATING}"
        line = ["strace", "-f", "-y", "--seccomp-bpf", "-s", "64", "-e", watched,
                "-o", str(trace), *line]  # fmt: skip
    for program in ("unshare", "strace"):
        if shutil.which(program) is None:
            pytest.skip(f"needs the package {'util-linux' if program == 'unshare' else program}")
    done = subprocess.run(
        line,
        input=json.dumps([asdict(command) for command in commands]),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
    )
    if "Operation not permitted" in done.stderr:
        pytest.skip("needs the right to make a network namespace")
    assert done.returncode == 0, done.stderr
    found = json.loads(results.read_text(encoding="utf-8"))
    return [Done(tuple(each["words"]), each["code"], each["out"], each["err"]) for each in found]


# What a trace tells


def calls(trace: Path) -> Iterator[str]:
    """The system calls, each on one line although another came in between."""
    begun: dict[str, str] = {}
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        process, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[process] = call.removesuffix("<unfinished ...>")
        elif resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", call):
            yield begun.pop(process, "") + resumed[1]
        else:
            yield call


def beyond_the_machine(trace: Path) -> list[str]:
    """Calls that speak to, or listen at, another address than loopback, a file or the kernel."""
    return [call for call in calls(trace) if _leads_out(call)]


def _leads_out(call: str) -> bool:
    family = re.search(r"sa_family=(\w+)", call)
    if not call.startswith(("connect(", "send", "bind(")) or family is None:
        return False
    if family[1] in ("AF_UNIX", "AF_NETLINK", "AF_UNSPEC"):
        return False
    address = re.search(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"', call)
    port = re.search(r"htons\((\d+)\)", call)
    host = (address[1] or address[2]) if address else ""
    is_loopback = host.startswith("127.") or host in ("::1", "::ffff:127.0.0.1")
    return not is_loopback or port is None or int(port[1]) == NAMES


def sockets_made(trace: Path) -> int:
    """How often a socket was made that could reach another machine."""
    return sum(bool(re.match(r"socket\(AF_INET6?\b", call)) for call in calls(trace))


def open_to_others(trace: Path) -> list[str]:
    """Calls that made a file or folder, or changed its mode, so that others may read it."""
    private: set[str] = set()
    faults = []
    for call in calls(trace):
        name, _, rest = call.partition("(")
        path = _path(name, rest)
        failed = re.search(r"\) += -1 ", call)
        if failed or path is None or path.startswith(HARMLESS):
            continue
        if name.startswith(("unlink", "rename")):
            private.discard(path)
        elif name == "creat" or "O_CREAT" in rest or not name.startswith("open"):
            mode = re.findall(r", (0[0-7]*)\)? *=|, (0[0-7]*)(?:, 0)?\)", call)
            given = int(next(filter(None, mode[-1])), 8) if mode else 0o777
            if not given & 0o077:
                private.add(path)
            # SQLite names a lax mode for a database that is there already, as private as it is.
            elif path not in private or "chmod" in name:
                faults.append(call)
    return faults


def _path(name: str, rest: str) -> str | None:
    made = re.search(r"= \d+<([^>]+)>", rest) if name in ("open", "openat", "creat") else None
    if made:
        return made[1]
    if name == "fchmod":
        return re.match(r"\d+<([^>]+)>", rest)[1]
    given = re.match(r'(?:AT_FDCWD<([^>]*)>, |\d+<([^>]*)>, )?"([^"]*)"', rest)
    if given is None or name not in CREATING.split(","):
        return None
    return os.path.normpath(os.path.join(given[1] or given[2] or "/", given[3]))


# Inside


def _bring_loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as kernel:
        import fcntl

        request = struct.pack("16sH14x", b"lo", 0)
        (flags,) = struct.unpack("16xH14x", fcntl.ioctl(kernel, _GET_FLAGS, request))
        fcntl.ioctl(kernel, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


def _run_all(umask: int, results: Path) -> None:
    _bring_loopback_up()
    assert [name for _, name in socket.if_nameindex()] == ["lo"]
    commands = json.load(sys.stdin)
    done = []
    for command in commands:
        ended = subprocess.run(
            command["words"],
            input=command["stdin"],
            capture_output=True,
            text=True,
            umask=umask,
            check=False,
        )
        done.append(
            asdict(Done(tuple(command["words"]), ended.returncode, ended.stdout, ended.stderr))
        )
    with open(results, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        json.dump(done, file)


if __name__ == "__main__":
    _run_all(int(sys.argv[1]), Path(sys.argv[2]))
