"""`python -m bot` and the console script `seatwise`."""

import sys

from bot.cli import run_verb


def main() -> None:
    """Run the verb that was typed and exit with its code."""
    sys.exit(run_verb(sys.argv[1:]))


if __name__ == "__main__":
    main()
