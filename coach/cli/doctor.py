"""coach doctor"""

from dataclasses import asdict

import click

from coach.cli.options import console, echo_json, example, json_option
from coach.doctor import State, examine
from coach.errors import FaultsFoundError
from coach.practice import utc_now
from coach.review import checkup


@click.command(epilog=example("coach doctor\n  coach doctor --deep --json"))
@click.option("--deep", is_flag=True, help="Read large weights too, and hear a packaged answer.")
@json_option
def doctor(deep: bool, as_json: bool) -> None:
    """Check everything; each fault comes with its mend.

    Listens to the microphone for less than a second and keeps nothing. A fault (!) makes the
    command fail, a warning (~) does not.
    """
    out, found = console(), []
    for check in examine(utc_now(), deep=deep):
        found.append(check)
        if not as_json:
            out.print(checkup.check(check))
    if as_json:
        echo_json([asdict(check) for check in found])
    else:
        out.print(f"\n{checkup.summary(found)}")
    faults = sum(check.state is State.FAULT for check in found)
    if faults:
        raise FaultsFoundError(
            f"{faults} fault{' was' if faults == 1 else 's were'} found.",
            "Mend them from the top, and run `coach doctor` again.",
        )
