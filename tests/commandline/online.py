"""A terminal whose Partner Center is the stand-in."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.commandline.conftest import Terminal
from tests.partner_center.standin import APP, PARTNER, SECRET, Standin
from tests.partner_center.threaded import in_a_thread


@contextmanager
def online(terminal: Terminal, standin: Standin) -> Iterator[Terminal]:
    """With everything set but a sign-in."""
    with in_a_thread(standin) as address:
        for name, value in {
            "URL": address,
            "LOGIN_URL": address,
            "TENANT": PARTNER,
            "CLIENT_ID": APP,
            "CLIENT_SECRET": SECRET,
        }.items():
            terminal.set(f"SEATWISE_PARTNER_CENTER_{name}", value)
        yield terminal
