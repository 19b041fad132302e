"""coach config"""

import click
from rich.text import Text

from coach import places, settings
from coach.cli.options import console, echo_json, example, json_option
from coach.review import settings as view


@click.group(
    invoke_without_command=True,
    epilog=example("coach config set pace.green 110,170\n  COACH_ENGINE=sphinx coach drill"),
)
@click.pass_context
def config(ctx: click.Context) -> None:
    """Show and change what you choose once. It is kept in one small file.

    An option goes before a variable of the environment, that before the file, that before the
    default. The variable of engine is COACH_ENGINE, that of pace.green is COACH_PACE_GREEN, and so
    for all. COACH_HOME moves the file, and all of your data.
    """
    if ctx.invoked_subcommand is None:
        _show(as_json=False)


@config.command("list", epilog=example("coach config list --json"))
@json_option
def list_(as_json: bool) -> None:
    """Show every setting, its value and origin, and what it means."""
    _show(as_json=as_json)


def _show(*, as_json: bool) -> None:
    found = settings.load().values()
    if as_json:
        echo_json([view.setting_data(setting) for setting in found])
    else:
        out = console()
        out.print(view.settings(found), "")
        out.print(Text(f"Kept in {places.settings()}", "dim"))


@config.command(epilog=example("coach config get engine"))
@click.argument("key")
@json_option
def get(key: str, as_json: bool) -> None:
    """Print the value of one setting; nothing where it has none."""
    found = settings.load()[settings.find_key(key).name]
    if as_json:
        echo_json(view.setting_data(found))
    else:
        click.echo(view.written(found.value))


@config.command(
    "set",
    epilog=example("coach config set length.behavioural.green 90,150"),
    context_settings={"ignore_unknown_options": True},  # a value may begin with a minus
)
@click.argument("key")
@click.argument("value")
def set_(key: str, value: str) -> None:
    """Keep a value in your file. What else stands in it, comments too, stays as it is."""
    kept = settings.keep(key, value)
    if kept.origin == kept.key.variable:
        click.echo(f"{key} is kept, but {kept.origin} goes before it: {view.written(kept.value)}")
    else:
        click.echo(f"{key} = {view.written(kept.value)}")


@config.command(epilog=example("coach config unset engine"))
@click.argument("key")
def unset(key: str) -> None:
    """Take a key out of your file, so that its default holds again."""
    if settings.drop(key):
        click.echo(f"{key} is taken out.")
    else:
        settings.find_key(key)
        click.echo(f"{key} was not set.")


@config.command(epilog=example('"$EDITOR" "$(coach config path)"'))
def path() -> None:
    """Print the path of the file."""
    click.echo(places.settings())
