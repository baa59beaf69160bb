"""Files as people have them, imported and then asked about."""

import pytest

from tests.commandline.conftest import Terminal
from tests.sources.building import FIELD_CASES


def asked(terminal: Terminal, *questions: str) -> list[str]:
    """The answers of a partner admin."""
    terminal.run("grant", "slack:T1:U1", "--as", "partner-admin")
    return [terminal.run("ask", each, "--as", "slack:T1:U1").out for each in questions]


def test_a_first_page_leaves_the_portfolio_as_it_was(terminal: Terminal) -> None:
    assert terminal.run("import", str(FIELD_CASES / "43-day1.json")).code == 0
    assert terminal.run("import", str(FIELD_CASES / "43-day2-page1.json")).code == 1
    assert "100  at 2 customers" in asked(terminal, "/usage")[0]


def test_two_terms_of_a_product_give_no_figure(terminal: Terminal) -> None:
    for name in ("01-two-terms.csv", "01b-two-terms.json"):
        said = terminal.run("import", str(FIELD_CASES / name))
        assert said.code == 1
        assert "differ (licensesDeployed 18 / 11)" in said.err


def test_customers_without_licence_rows_are_not_gone(terminal: Terminal) -> None:
    terminal.run("import", str(FIELD_CASES / "42-full.json"))
    listed, usage = asked(terminal, "/customers", "/usage alder")
    assert "You may see 4 customers" in listed
    assert "No longer in the newest snapshots" not in listed
    assert usage.startswith("How many seats Alder has is not known")


@pytest.mark.parametrize(
    ("files", "said", "name"),
    [
        (["60-ren.csv"], "alder", "Yarrow Holdings"),
        (["60-ren.csv"], "alder works", "Yarrow Holdings"),
        (["00-base.csv", "61-custlist.json"], "alderworks.onmicrosoft.com", "Zinnia Group"),
        (["00-base.csv", "61-custlist.json"], "alder works", "Zinnia Group"),
    ],
)
def test_a_customer_is_found_by_each_name_that_is_known(
    terminal: Terminal, files: list[str], said: str, name: str
) -> None:
    terminal.run("import", *(str(FIELD_CASES / file) for file in files))
    assert f"{name} has" in asked(terminal, f"/usage {said}")[0]


def test_the_notation_that_was_read_is_said(terminal: Terminal) -> None:
    said = terminal.run("import", str(FIELD_CASES / "04-german-spend.csv"))
    assert "  Read with a decimal comma: 1.234,5 is one thousand" in said.out


def test_rows_that_another_location_would_count_are_kept_and_said(terminal: Terminal) -> None:
    said = terminal.run("import", str(FIELD_CASES / "80-location.csv"))
    assert "rows: 2 read, 2 kept" in said.out
    assert "Counted, though marked as another location’s: that row is not in the file." in said.out


def test_numbers_and_days_can_be_said(terminal: Terminal) -> None:
    table = (FIELD_CASES / "04-german-spend.csv").read_text("utf-8").replace("de-DE", "")
    file = terminal.home / "spend.csv"
    file.write_text(table.replace("2026-11-27T00:00:00", "03/04/2026"), encoding="utf-8")
    assert "may be 1.234 or 1234. Say which: --numbers en" in terminal.run("import", str(file)).err
    both = ("--numbers", "de", "--days", "dmy")
    assert "--days mdy for month first" in terminal.run("import", *both[:2], str(file)).err
    said = terminal.run("import", *both, str(file))
    assert "  Read with the day first: fetched." in said.out
