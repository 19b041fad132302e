"""What of the README is made from the program: `python tests/readme.py` rewrites it."""

import re
from pathlib import Path

import click

from coach.cli import root

README = Path(__file__).parent.parent / "README.md"
COMMANDS = re.compile(r"(<!-- commands: made by tests/readme.py -->\n).*?(<!-- end -->)", re.DOTALL)


def command_list() -> str:
    """A table of every command with the first sentence of its help."""
    rows = ["| command | what it does |", "|---|---|"]
    rows += [f"| `{usage}` | {text} |" for usage, text in _commands(root.coach, "coach")]
    return "\n".join(rows) + "\n"


def _commands(command: click.Command, path: str) -> list[tuple[str, str]]:
    first = " ".join(command.help.split("\n\n")[0].split())
    if not isinstance(command, click.Group):
        arguments = [p.make_metavar(click.Context(command)) for p in command.params
                     if isinstance(p, click.Argument)]  # fmt: skip
        return [(" ".join([path, *arguments]), first)]
    here = [(path, first)] if command.invoke_without_command else []
    for name in command.list_commands(click.Context(command)):
        here += _commands(command.get_command(click.Context(command), name), f"{path} {name}")
    return here


def with_commands(text: str) -> str:
    return COMMANDS.sub(lambda match: match[1] + command_list() + match[2], text)


if __name__ == "__main__":
    README.write_text(with_commands(README.read_text(encoding="utf-8")), encoding="utf-8")
