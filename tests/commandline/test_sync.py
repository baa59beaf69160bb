"""`seatwise sync`: from a sign-in to an answer that says when its figures were fetched."""

import fcntl
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.wiring import utc_now
from handlers.messages.speaker import speaker
from tests.commandline.conftest import Terminal
from tests.commandline.online import online as at
from tests.partner_center.company import Company
from tests.partner_center.standin import FIRST_TOKEN, Standin

SAY = speaker("en")
ADA = "slack:T1:ADA"


@pytest.fixture
def standin() -> Standin:
    return Standin(Company(8, seed=5))


@pytest.fixture
def online(terminal: Terminal, standin: Standin) -> Iterator[Terminal]:
    """Signed in by the settings' token."""
    terminal.set("SEATWISE_PARTNER_CENTER_REFRESH_TOKEN", FIRST_TOKEN)
    with at(terminal, standin) as there:
        yield there


def asked(terminal: Terminal, question: str, *more: str) -> str:
    terminal.run("grant", ADA, "--as", "partner-admin")
    said = terminal.run("ask", question, "--as", ADA, *more)
    assert said.code == 0, said.err
    return said.out


def test_usage_is_answered_from_what_was_synced_with_its_days(
    online: Terminal, standin: Standin
) -> None:
    said = online.run("sync")
    assert (said.code, said.err) == (0, "")
    assert "licence deployment: rows 24, calls 1\n" in said.out
    assert f"after {sum(standin.calls.values()) - standin.calls['token']} calls" in said.out
    shown = asked(online, "/usage contoso 0")
    processed, today = standin.company.today - timedelta(days=2), utc_now().date()
    assert shown.replace("CONTOSO", "Contoso").startswith("Contoso 0: ")
    assert f"As of {processed:%-d %b %Y} · " in shown
    behind = asked(online, "/usage contoso 0", "--press", SAY("details"))
    assert f"As of {processed:%-d %b %Y} (Microsoft Office 365)." in behind
    assert f"Source: Partner Center licence insights, fetched on {today:%-d %b %Y};" in behind
    assert SAY("stamp-short-incomplete") not in shown
    assert "ncomplete" not in behind


def test_the_whole_partner_adds_up(online: Terminal, standin: Standin) -> None:
    online.run("sync", "--quiet")
    shown = asked(online, "/usage")
    behind = asked(online, "/usage", "--press", SAY("details"))
    line = rf"^{SAY('figure-sold')}  ([\d,]+)  {SAY('figure-of-customers', n=8)}$"
    sold, free = re.search(line, shown, re.MULTILINE), re.search(r"\((\d+) seats\)", behind)
    assert sold
    assert free
    assert int(sold[1]) + int(free[1]) == standin.company.totals()["sold"]


def test_a_second_sync_asks_for_less_and_changes_nothing(
    online: Terminal, standin: Standin
) -> None:
    online.run("sync", "--quiet")
    before = sum(standin.calls.values())
    assert online.run("sync", "--quiet").code == 0
    assert sum(standin.calls.values()) - before < before / 2


def test_a_dataset_that_fails_keeps_its_figures_and_says_so_in_the_stamp(
    online: Terminal, standin: Standin
) -> None:
    online.run("sync", "--quiet")
    whole = asked(online, "/usage contoso 0").split("As of")[0]
    standin.fault, standin.where = "403", "commercial/usage"
    said = online.run("sync")
    assert (said.code, SAY("sync-incomplete") in said.err) == (4, True)
    assert "Incomplete: licence usage is as of" in said.out
    quiet = online.run("sync", "--quiet")
    assert (quiet.code, quiet.out) == (4, "")
    assert quiet.err.startswith("Incomplete: licence usage is as of")
    shown = asked(online, "/usage contoso 0")
    assert shown.split("As of")[0] == whole
    assert SAY("stamp-short-incomplete") in shown
    behind = asked(online, "/usage contoso 0", "--press", SAY("details"))
    assert "Incomplete: licence usage is as of" in behind


def test_a_sign_in_that_is_refused_leaves_the_old_figures_and_the_doctor_says_so(
    online: Terminal, standin: Standin
) -> None:
    online.run("sync", "--quiet")
    standin.refused_sign_in = "invalid_grant"
    said = online.run("sync", "--quiet")
    assert (said.code, said.err.count("seatwise connect")) == (4, 1)
    behind = asked(online, "/usage contoso 0", "--press", SAY("details"))
    assert "seatwise connect" in behind
    assert "Partner Center refuses the sign-in" in online.run("doctor").out


def test_before_anybody_signed_in_nothing_is_called_or_published(
    online: Terminal, standin: Standin
) -> None:
    online.set("SEATWISE_PARTNER_CENTER_REFRESH_TOKEN", "")
    said = online.run("sync")
    assert (said.code, said.out, said.err) == (1, "", SAY("sync-not-signed-in") + "\n")
    assert sum(standin.calls.values()) == 0
    assert not list((online.home / "data").rglob("facts-*"))


def test_a_source_that_gives_nothing_at_all_is_a_sync_that_failed(
    online: Terminal, standin: Standin
) -> None:
    standin.fault = "403"
    said = online.run("sync", "--quiet")
    assert (said.code, said.err.endswith(SAY("sync-nothing-new") + "\n")) == (1, True)


def test_what_contradicts_itself_is_published_and_said(online: Terminal, standin: Standin) -> None:
    told = standin.company.insights
    told[0]["licenseCount"] = str(int(str(told[0]["licenseCount"])) + 5)
    said = online.run("sync", "--quiet")
    assert (said.code, said.err.endswith(SAY("sync-disagrees") + "\n")) == (4, True)
    assert SAY("check-other-quantity") in said.err
    checked = online.run("check")
    assert (checked.code, str(told[0]["id"]).lower() in checked.out) == (1, True)
    assert "✗ Warning, subscriptions" in online.run("doctor").out


def test_what_was_not_needed_and_who_is_not_connected_is_said_in_a_line_each(
    online: Terminal,
) -> None:
    said = online.run("sync").out
    assert said.count("seatwise connect --insights") == 1
    assert SAY("mark-not-connected", n=14) in said
    assert "Not asked for, because it was not needed: licence deployment, totals and" in said
    told = online.run("doctor").out.splitlines()
    assert "– Insights is not connected (14 reports): seatwise connect --insights" in told
    assert [line for line in told if line[0] == "!"] == ["! " + SAY("doctor-no-admins")]


def test_two_at_once_are_one(online: Terminal) -> None:
    folder = online.home / "data" / "own" / "facts"
    folder.mkdir(parents=True)
    with (folder / "sync.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = online.run("sync")
    assert (said.code, "Another process" in said.err) == (3, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SEATWISE_PROGRAM", "indirect-reseller", "seatwise import FILE"),
        ("SEATWISE_PARTNER_CENTER_CLIENT_SECRET", "", "_CLIENT_SECRET"),
    ],
)
def test_what_cannot_be_is_said(online: Terminal, name: str, value: str, words: str) -> None:
    online.set(name, value)
    said = online.run("sync")
    assert (said.code, words in said.err) == (2, True)
