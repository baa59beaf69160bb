"""Files of rights, given to `seatwise grant --file` and written by `seatwise grants --file`."""

import time

from tests.commandline.conftest import Said, Terminal

BEN = "slack:T1:BEN"
CLEO = "slack:T1:CLEO"
HEAD = "person,role,with_people,customers,until,because"


def sheet(terminal: Terminal, *lines: str, head: str = HEAD) -> str:
    """A file of these lines; its path."""
    path = terminal.home / "rights.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return str(path)


def saved(terminal: Terminal, *lines: str, head: str = HEAD) -> Said:
    return terminal.run("grant", "--file", sheet(terminal, *lines, head=head), "--yes")


def held(terminal: Terminal) -> list[str]:
    """The rights held now, as the lines of a file hold them."""
    path = terminal.home / f"held-{time.monotonic_ns()}.csv"
    assert terminal.run("grants", "--file", str(path)).code == 0
    return path.read_text("utf-8-sig").splitlines()[1:]
