"""Checks of what hears the words: the engine, its model, and the weights on disk."""

from importlib.util import find_spec

from coach import places
from coach.doctor.check import Check, failed, fault, good, skipped, warning
from coach.errors import CoachError
from coach.transcript.engine import AUTO, EngineChoice, resolve_engine
from coach.transcript.memory import require_memory
from coach.transcript.models import (
    Weights,
    checksum,
    checksum_in,
    find_weights,
    published,
    weights_on_disk,
)
from coach.transcript.worker import Worker

QUICK = 300 << 20  # bytes: a larger file takes more than a second to check
FEWEST = 20  # words that are heard in the sample, of more than 60
SAMPLE = "no-result.flac"
_MODULES = {"whisper": ("whisper", "torch"), "sphinx": ("pocketsphinx",)}


def engine(choice: EngineChoice) -> Check:
    """Whether the engine of the settings can be loaded; it is not."""
    try:
        name = resolve_engine(choice.name, choice.model)
        missing = [module for module in _MODULES[name] if find_spec(module) is None]
        if missing:
            return fault("Engine", f"{name} needs {missing[0]}.", "coach config set engine auto")
        if name == "sphinx":
            return _embedded(choice)
        weights = find_weights(choice.model, choice.language)
        require_memory(weights)
    except CoachError as error:
        return failed("Engine", error)
    return good("Engine", f"whisper, model {weights.name}")


def _embedded(choice: EngineChoice) -> Check:
    if choice.name == AUTO:
        return warning(
            "Engine",
            "sphinx, which comes with the coach. Whisper mishears far less, and punctuates.",
            "coach setup",
        )
    return good("Engine", "sphinx")


def weights(*, deep: bool) -> tuple[Check, ...]:
    """Whether each of Whisper's models on disk is what was published.

    Args:
        deep: whether those are read too that take more than a second.
    """
    found = weights_on_disk()
    addresses = published()
    if not found or not addresses:
        return (skipped("Weights", "None are on this machine."),)
    return tuple(_weights(each, addresses[each.name], deep=deep) for each in found)


def _weights(each: Weights, address: str, *, deep: bool) -> Check:
    size = each.path.stat().st_size
    if not deep and size > QUICK:
        says = f"{each.name}: {size / 1e6:.0f} MB, too large to check in passing"
        return skipped("Weights", says, "coach doctor --deep")
    if checksum(each.path) != checksum_in(address):
        return fault(
            "Weights",
            f"{each.path} is not what was published: it is damaged or was changed.",
            f"coach setup --download {each.name}",
        )
    return good("Weights", f"{each.name}: its checksum is right")


def hearing(choice: EngineChoice) -> Check:
    """Whether the engine hears a packaged answer."""
    try:
        with Worker(*choice) as worker:
            heard = worker.hear(places.samples() / SAMPLE)
    except CoachError as error:
        return failed("Hearing", error)
    if len(heard.words) < FEWEST:
        says = f"{heard.engine} hears {len(heard.words)} words of a packaged answer."
        return fault("Hearing", says, "coach config set engine sphinx")
    return good("Hearing", f"{heard.engine} hears {len(heard.words)} words of a packaged answer")
