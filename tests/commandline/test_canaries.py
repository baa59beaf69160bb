"""Secrets, and what stands before the `@` of an address, are printed and logged nowhere."""

import pytest

from bot.setting_forms import FOLDER, TEXT, ShownValue
from bot.settings import declared_settings
from tests.commandline.conftest import Terminal

CANARY = "tY7-canary_Qm4xZ0pWv9sLr2nKe8uBc6dHa3fJg1iM"
SETTINGS = declared_settings()
STORE = "SEATWISE_DATABASE_URL"
ADDRESSES = {each.variable for each in SETTINGS if each.form.shown is ShownValue.ADDRESS} - {STORE}
SECRETS = {each.variable for each in SETTINGS if each.form.shown is ShownValue.HIDDEN}
READ_AS_THEY_ARE = (TEXT, FOLDER)
VERBS = ("doctor", "check", "ask /doctor --as slack:T1:U1", "revoke slack:T1:U1", "sync", "serve")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("secret", "scheme", "store"),
    [(CANARY, "https", "postgresql+psycopg"), (f"{CANARY} {CANARY}", "gopher", "mysql")],
    ids=["right", "wrong"],
)
def test_a_canary_is_printed_by_no_verb(
    terminal: Terminal, verb: str, secret: str, scheme: str, store: str
) -> None:
    for name in SECRETS:
        terminal.set(name, secret)
    for name in ADDRESSES:
        terminal.set(name, f"{scheme}://{CANARY}:{CANARY}@127.0.0.1:9/?key={CANARY}")
    terminal.set(STORE, f"{store}://{CANARY}:{CANARY}@127.0.0.1:9/seats")

    said = terminal.run(*verb.split())

    assert said.code != 0
    assert said.out + said.err != ""
    assert CANARY not in said.out + said.err


@pytest.mark.parametrize(
    "name", [each.variable for each in SETTINGS if each.form not in READ_AS_THEY_ARE]
)
def test_a_secret_in_the_wrong_place_is_not_shown(terminal: Terminal, name: str) -> None:
    terminal.set(name, f"\x1b{CANARY} {CANARY}")
    said = terminal.run("doctor")
    assert CANARY not in said.out + said.err
