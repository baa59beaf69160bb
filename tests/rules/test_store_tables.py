"""Tables of the store: each is in the backup, in the page on what is stored, and exported or not
for a reason.
"""

import re

from bot.store.replay_set import seen
from bot.store.table_dump import READABLE, TABLES
from bot.store.tables import metadata
from tests.rules.shown_commands import text_of
from tests.rules.source import ROOT

NOT_EXPORTED = {
    "sign_in": "sealed",
    "audit_key": "sealed",
    "audit_start": "sealed",
    "saved_ask": "of use for a day, and for the program alone",
    "seen": "the same, for minutes",
    "shown_card": "of use for eight days, and for the program alone",
}
"""Tables that tell a partner nothing, and why."""


def test_each_table_is_backed_up() -> None:
    assert set(TABLES) == {*metadata.tables, "seen"}


def test_each_table_is_exported_or_left_out_for_a_reason() -> None:
    assert {*READABLE, *NOT_EXPORTED} == metadata.tables.keys()
    assert set(READABLE) & NOT_EXPORTED.keys() == set()


def test_each_table_is_on_the_page_of_what_is_stored() -> None:
    page = text_of(ROOT / "docs" / "data.md")
    state = page.partition("## State, in the store")[2].partition("\n## ")[0]
    described = {
        name
        for row in re.findall(r"^\| (`[^|]+) \|", state, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert metadata.tables.keys() - described == {seen.name}  # “replay set” there
