"""coach completion"""

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from coach.cli.options import example

LINES = {  # that turn completion on, by the name of the shell
    "bash": "coach completion bash >> ~/.bashrc",
    "zsh": "coach completion zsh >> ~/.zshrc",
    "fish": "coach completion fish > ~/.config/fish/completions/coach.fish",
}
# Not every .zshrc loads what knows `compdef`. The first line must stay the first.
_ZSH_FIRST = "#compdef coach\n"
_ZSH_NEEDS = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n"


@click.command(epilog=example("\n  ".join(LINES.values())))
@click.argument("shell", type=click.Choice(tuple(LINES)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the lines that let the Tab key complete commands.

    Each example is all there is to do, once; it holds in every new terminal.
    """
    script = get_completion_class(shell)
    assert script is not None
    lines = script(ctx.find_root().command, {}, "coach", "_COACH_COMPLETE").source()
    click.echo(lines.replace(_ZSH_FIRST, _ZSH_FIRST + _ZSH_NEEDS))


def this_shell() -> str:
    """The name of the user's shell; "" where the system does not say."""
    return Path(os.environ.get("SHELL", "")).name
