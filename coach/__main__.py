"""`python -m coach` and the `coach` command."""

from coach.cli.root import run


def main() -> None:
    run()


if __name__ == "__main__":
    main()
