"""`seatwise keys rotate`: all of it or nothing."""

import pytest

from bot.environment import NEW_KEY
from tests.commandline.conftest import SECRET, Terminal

ADA, BEN = "slack:T024BE7LD:U012AB3CD", "slack:T024BE7LD:U034CD5EF"
FRESH = "wB8-hJ2kL5_pQ9sV3xN6zA1dF4gM7tY0cE"


def broken(terminal: Terminal) -> bool:
    """Whether the audit verifies with the environment's key."""
    return "audit" in terminal.run("doctor").out.partition("✗")[2].partition("\n")[0]


@pytest.fixture
def used(terminal: Terminal) -> Terminal:
    """With a right in its store, and so an audit."""
    assert terminal.run("grant", ADA, "--as", "partner-admin").code == 0
    return terminal


def test_the_audit_verifies_with_the_new_key_afterwards(used: Terminal) -> None:
    used.set(NEW_KEY, FRESH)
    said = used.run("keys", "rotate")
    assert (said.code, said.out.split(";")[0][:22]) == (0, "Done: 1 sealed value h")
    assert broken(used)
    used.set("SEATWISE_SECRET_KEY", FRESH)
    assert not broken(used)
    assert used.run("grant", BEN, "--as", "report-viewer").code == 0
    assert not broken(used)


@pytest.mark.parametrize("new", ["", SECRET])
def test_without_a_new_key_nothing_is_changed(used: Terminal, new: str) -> None:
    used.set(NEW_KEY, new)
    said = used.run("keys", "rotate")
    assert (said.code, "Nothing was changed" in said.err) == (2, True)
    assert not broken(used)


def test_a_short_key_is_refused(used: Terminal) -> None:
    used.set(NEW_KEY, "short")
    assert used.run("keys", "rotate").code == 2
    assert not broken(used)


def test_a_wrong_old_key_changes_nothing(used: Terminal) -> None:
    used.set("SEATWISE_SECRET_KEY", FRESH)
    used.set(NEW_KEY, FRESH[::-1])
    said = used.run("keys", "rotate")
    assert (said.code, "Nothing was changed" in said.err) == (1, True)
    used.set("SEATWISE_SECRET_KEY", SECRET)
    assert not broken(used)


@pytest.mark.parametrize("name", ["NEW_SECRET_KEY", "SEATWISE_NEW_SECRET_KEY"])
def test_the_new_key_is_read_by_both_its_names(used: Terminal, name: str) -> None:
    used.set(name, FRESH)
    assert used.run("doctor").code == 0
    assert used.run("keys", "rotate").code == 0


def test_two_different_new_keys_are_refused(used: Terminal) -> None:
    used.set("NEW_SECRET_KEY", FRESH)
    used.set(NEW_KEY, FRESH[::-1])
    said = used.run("keys", "rotate")
    assert (said.code, FRESH in said.err) == (2, False)
    assert "NEW_SECRET_KEY are both set" in said.err
    assert not broken(used)
