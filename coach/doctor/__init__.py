"""Whether everything that the coach stands on works, and how each fault is mended."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from coach import places, settings
from coach.doctor import data, engines, machine, sound
from coach.doctor.check import Check, State
from coach.errors import CoachError
from coach.transcript.engine import EngineChoice

__all__ = ["Check", "State", "examine"]


def examine(now: datetime, *, deep: bool = False) -> Iterator[Check]:
    """Check everything; each check comes as soon as it is made.

    No speech model is loaded but with `deep`, so that all of it takes less than 3 s.

    Args:
        deep: whether large weights are read, and a packaged answer is heard.
    """
    yield machine.python()
    yield machine.packages()
    yield data.configuration()
    chosen = _chosen()
    yield from sound.sound(chosen("device"))
    yield sound.voice(chosen("voice"))
    engine = EngineChoice(chosen("engine"), chosen("model"), chosen("language"))
    yield engines.engine(engine)
    yield from engines.weights(deep=deep)
    if deep:
        yield engines.hearing(engine)
    yield machine.torch()
    yield machine.disk()
    yield data.rights(places.home())
    log = data.database()
    yield log
    left, latest = data.unfinished() if log.state is State.GOOD else (None, None)
    if left:
        yield left
    yield data.banks()
    yield machine.clock(now, latest)


def _chosen() -> Callable[[str], Any]:
    """What the settings say; their defaults where they cannot be read."""
    try:
        found = settings.load()
    except CoachError:
        return lambda name: settings.keys()[name].default
    return lambda name: found[name].value
