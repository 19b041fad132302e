"""Whisper's weights: which names exist, which are on disk, and how one is fetched, once."""

import ast
import difflib
import hashlib
import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coach import places
from coach.errors import DownloadError, ModelError

# In the order in which "auto" prefers them for speed and quality on two cores.
PREFERRED = ("base.en", "small.en", "tiny.en", "base", "small", "tiny")
NAMES = (
    *PREFERRED,
    *("medium.en", "medium", "large-v3-turbo", "large-v3", "large-v2", "large-v1"),
)
# Bytes, of the models that a machine without a graphics card can use, in order of size.
SIZES = {
    "tiny.en": 75_571_315,
    "base.en": 145_261_783,
    "small.en": 483_615_683,
    "medium.en": 1_528_006_491,
}
ENGLISH = "en"
ALIASES = {"large": "large-v3", "turbo": "large-v3-turbo"}
BLOCK = 1 << 20  # bytes: 1 MiB


@dataclass(frozen=True)
class Weights:
    """A checkpoint on disk."""

    name: str
    path: Path


def folders() -> tuple[Path, ...]:
    """Where weights may lie: the coach's own folder, and the one of the `whisper` command."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return (places.models(), Path(cache) / "whisper")


def weights_on_disk() -> tuple[Weights, ...]:
    """Every named model that is on disk, the preferred one first."""
    return tuple(Weights(name, path) for name in NAMES if (path := _path_of(name)))


def _path_of(name: str) -> Path | None:
    return next((p for folder in folders() if (p := folder / f"{name}.pt").is_file()), None)


def find_weights(model: str | None, language: str = ENGLISH) -> Weights:
    """The checkpoint of that name or path; for None the preferred one that knows the language.

    Raises:
        ModelError: unknown, not on disk, or for English only.
    """
    if model is None:
        return _preferred(language)
    model = ALIASES.get(model, model)
    if model in NAMES:
        return _named(model, language)
    path = Path(model).expanduser()
    if path.is_file():
        return Weights(path.name.removesuffix(".pt"), path)
    near = difflib.get_close_matches(model, NAMES, n=1)
    raise ModelError(
        f'There is no Whisper model "{model}", and no file of that name.',
        f"{f'Did you mean {near[0]}? ' if near else ''}The names are: {', '.join(NAMES)}.",
    )


def _preferred(language: str) -> Weights:
    found = [weights for weights in weights_on_disk() if knows(weights.name, language)]
    if found:
        return found[0]
    if language == ENGLISH:
        raise ModelError(
            "No Whisper weights are on this machine.",
            "Fetch some with `coach setup --download base.en`, or use --engine sphinx.",
        )
    raise ModelError(
        f'No Whisper weights on this machine know the language "{language}".',
        "Fetch some with `coach setup --download base`.",
    )


def _named(model: str, language: str) -> Weights:
    if not knows(model, language):
        raise ModelError(
            f'The Whisper model {model} hears English only, not "{language}".',
            f"Choose {model.removesuffix('.en')}, which knows other languages too.",
        )
    path = _path_of(model)
    if path is None:
        raise ModelError(
            f"The Whisper model {model} is not on this machine.",
            f"Fetch it with `coach setup --download {model}`, or use --engine sphinx.",
        )
    return Weights(model, path)


def knows(name: str, language: str) -> bool:
    """Whether a named model knows a language: those that end in .en know English alone."""
    return language == ENGLISH or not name.endswith(".en")


def download(
    name: str,
    confirm: Callable[[int], bool],
    progress: Callable[[int], None],
) -> Weights | None:
    """Fetch weights and check them; the only place where the coach uses the network.

    Args:
        name: one of Whisper's own model names.
        confirm: is told the size in bytes; the download goes on if it returns True.
        progress: is told how many more bytes have arrived.

    Returns:
        The weights, or None where `confirm` said no.

    Raises:
        ModelError: no model has that name.
        DownloadError: the network, the disk or the checksum failed; nothing is left behind.
    """
    import urllib.error
    import urllib.request

    name = ALIASES.get(name, name)
    url = _url_of(name)
    folder = places.make_private(places.models())
    target = folder / f"{name}.pt"
    part = target.with_suffix(".pt.part")
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310  Whisper's own https
            if not confirm(int(response.headers.get("Content-Length") or 0)):
                return None
            digest = _copy(response, part, progress)
    except (OSError, urllib.error.URLError) as error:
        part.unlink(missing_ok=True)
        reason = getattr(error, "reason", error)
        raise DownloadError(
            f"The download of {name} failed: {reason}.",
            "Check the connection and try again; meanwhile --engine sphinx needs no download.",
        ) from error
    if digest != checksum_in(url):
        part.unlink()
        raise DownloadError(
            f"The download of {name} arrived damaged: its SHA-256 is not the published one.",
            "Try again; nothing was kept.",
        )
    part.replace(target)
    return Weights(name, target)


def _url_of(name: str) -> str:
    addresses = published()
    if name not in addresses:
        raise ModelError(
            f'There is no Whisper model "{name}".', f"The names are: {', '.join(NAMES)}."
        )
    return addresses[name]


def published() -> dict[str, str]:
    """Whisper's own table of addresses by name, each with the SHA-256 of the file in it.

    Empty where Whisper is not installed.
    """
    return _whispers_table("__init__.py", "_MODELS")


def languages() -> dict[str, str]:
    """The codes of the languages that Whisper knows; empty where it is not installed."""
    return _whispers_table("tokenizer.py", "LANGUAGES")


def _whispers_table(file: str, name: str) -> dict[str, str]:
    """It is read from Whisper's source: to import that would load torch, 2-3 s."""
    spec = importlib.util.find_spec("whisper")
    if spec is None or spec.origin is None:
        return {}
    for node in ast.parse(Path(spec.origin).with_name(file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    return {}


def checksum_in(address: str) -> str:
    """The SHA-256 in one of Whisper's addresses."""
    return address.split("/")[-2]


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal: a second for a gigabyte."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: IO[bytes], target: Path, progress: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while block := source.read(BLOCK):
            file.write(block)
            digest.update(block)
            progress(len(block))
    return digest.hexdigest()
