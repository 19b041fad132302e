"""What `coach setup` shows of the machine: where things are kept, and which model suits it."""

from collections.abc import Collection

from rich.table import Table
from rich.text import Text

from coach import places
from coach.transcript.speed import Speed


def kept() -> Table:
    """What is kept where, all of it in one folder."""
    home = places.home()
    table = Table(box=None, show_header=False, pad_edge=False)
    for path, what in (
        (places.recordings(), "your answers, as sound"),
        (places.database(), "words, results, rejections and plans"),
        (places.own_banks(), "your own questions"),
        (places.settings(), "what you choose once: coach config"),
        (places.models(), "Whisper's weights, if you fetch some"),
    ):
        table.add_row(f"  {path.relative_to(home)}", Text(what, "dim"))
    return table


def models(speeds: Collection[Speed], best: Speed, limit: float, on_disk: Collection[str]) -> Table:
    """Size, memory and speed of each engine and model on this machine.

    Args:
        best: the one that suits it.
        limit: bytes of memory that a model may need.
        on_disk: names of those that are here.
    """
    table = Table("", "hears with", "to fetch", "memory", "a minute takes", "", box=None,
                  pad_edge=False)  # fmt: skip
    for speed in speeds:
        here = speed.name in on_disk
        table.add_row(
            Text("›" if speed is best else " ", "green"),
            Text(speed.name, "bold" if speed is best else ""),
            "–" if here or not speed.size else f"{speed.size / 1e6:.0f} MB",
            f"{speed.memory / (1 << 30):.1f} GB",
            "not measured" if speed.seconds is None else f"{speed.seconds:.1f} s",
            Text(_note(speed, limit, here=here), "dim"),
        )
    for column in table.columns[2:5]:
        column.justify = "right"
    return table


def _note(speed: Speed, limit: float, *, here: bool) -> str:
    if speed.memory > limit:
        return "too large for the memory"
    if not speed.size:
        return "comes with the coach"
    return "is here" if here else ""
