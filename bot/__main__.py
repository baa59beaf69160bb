"""`python -m bot` and the console script `seatwise`."""

import sys

from bot.cli import run_verb


def main() -> None:
    """Runs the verb that was typed and exits with its code."""
    sys.exit(run_verb(sys.argv[1:]))


if __name__ == "__main__":
    main()
