"""The list of paid extensions: from its file to what `check` says, and forgotten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from analytics.tables import SUBSCRIPTIONS, Batch
from analytics.values import OWN
from analytics.warehouse.building.build import build
from bot.partners import facts_folder
from tests.commandline.conftest import FABRIKAM, Terminal
from tests.questions.renewing import sold
from tests.warehouse.rows import META, opened

END = datetime.now(UTC).date() + timedelta(days=13)  # noqa: TID251 the day `import` takes for today
OFF, RENEWS, UNKNOWN = (f"7c5f0a2e-53a1-4a31-8a86-3f6c0f2c9d2{digit}" for digit in "123")
STANDING = "SELECT subscription FROM {newest_extension_list} ORDER BY ALL"


def filled(terminal: Terminal) -> Path:
    """The facts of two customers, of whom Fabrikam's subscription goes into a paid extension."""
    terminal.imported()
    folder = facts_folder(terminal.home / "data", OWN)
    of_fabrikam = sold(
        f"f/{OFF}", tenant=FABRIKAM, ends=END, auto_renew=False, scheduled_actions="[]"
    )
    rows = (of_fabrikam, sold(f"Contoso/{RENEWS}", ends=END))
    build(folder, [Batch(SUBSCRIPTIONS, rows)], META)
    return folder


def written(terminal: Terminal, *ids: str) -> str:
    """A file that lists these subscriptions."""
    file = terminal.home / "extended-service-terms.csv"
    file.write_text("\n".join(["Subscription ID,End date", *(f"{each},{END}" for each in ids)]))
    return str(file)


def test_check_names_each_difference_between_the_list_and_our_reading(terminal: Terminal) -> None:
    filled(terminal)
    said = terminal.run("import", written(terminal, OFF, RENEWS, UNKNOWN))
    assert said.out.splitlines()[0] == (
        "extended-service-terms.csv (subscriptions set to a paid extension), rows: 3 read, 3 kept."
    )
    said = terminal.run("check")
    assert said.code == 1
    its = [line for line in said.out.splitlines() if UNKNOWN in line or RENEWS in line]
    unknown, other_case = its
    assert (UNKNOWN in unknown, "does not stand in ours" in unknown) == (True, True)
    assert (RENEWS in other_case, "by our reading" in other_case) == (True, True)
    assert OFF not in said.out


def test_of_a_forgotten_customer_the_list_keeps_nothing_and_takes_nothing_back(
    terminal: Terminal,
) -> None:
    folder = filled(terminal)
    terminal.run("import", written(terminal, OFF, RENEWS))
    assert terminal.run("forget", "customer", "fabrikam", "--yes").code == 0
    assert opened(folder).rows(STANDING) == [(RENEWS,)]
    said = terminal.run("import", written(terminal, OFF, RENEWS), "--shorter")
    assert "1 row" in said.out.splitlines()[-1]
    assert opened(folder).rows(STANDING) == [(RENEWS,)]
    held = [file for file in terminal.home.joinpath("data").rglob("*") if file.is_file()]
    assert [file.name for file in held if OFF.encode() in file.read_bytes()] == []
