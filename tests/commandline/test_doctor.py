"""`seatwise doctor`, and settings that nobody can start with."""

from tests.commandline.conftest import Terminal


def test_a_new_folder_wants_attention(terminal: Terminal) -> None:
    said = terminal.run("doctor")
    assert said.code == 0
    assert said.out.splitlines()[0] == "2 things need attention."
    assert "! There is no partner admin yet." in said.out
    assert "! There is no data yet: seatwise import FILE…" in said.out


def test_all_is_well_after_an_import_and_a_grant(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", "slack:T1:U1", "--as", "partner-admin")
    assert terminal.run("doctor").out.splitlines()[1:5] == [
        "✓ The secret key is set.",
        "✓ The store can be written.",
        "✓ There is 1 partner admin.",
        "✓ The audit chain is whole.",
    ]


def test_another_secret_breaks_the_audit(terminal: Terminal) -> None:
    terminal.run("grant", "slack:T1:U1", "--as", "partner-admin")
    terminal.set("SEATWISE_SECRET_KEY", "Zq3-another-good-key-of-our-own-8Yt5")
    said = terminal.run("doctor")
    assert said.code == 1
    assert "✗ The audit chain is broken at row 1" in said.out


def test_a_store_that_is_no_database_is_said(terminal: Terminal) -> None:
    (terminal.home / "data").mkdir()
    (terminal.home / "data" / "seatwise.db").write_text("no database, " * 500)
    said = terminal.run("doctor")
    assert said.code == 1
    assert "✗ The store cannot be read or written, so no question can be answered." in said.out


def test_every_bad_setting_is_named_at_once(terminal: Terminal) -> None:
    terminal.set("SEATWISE_PORT", "http")
    terminal.set("SEATWISE_ADMIN", "slack:T1:U1")
    said = terminal.run("doctor")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "SEATWISE_ADMIN is not a setting of Seatwise; docs/settings.md lists them.",
        "SEATWISE_PORT cannot be read: “http”, 4 characters. Wanted: a number from 0 to 65535.",
    ]
