"""Every question leaves exactly one row in the audit, and without a row there is no answer."""

import re
from dataclasses import replace

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.values import PartnerId
from analytics.warehouse.current_generation import Warehouse
from bot.wiring import Installation
from handlers.answer import turn_away
from handlers.messages.speaker import speaker
from tests.answering.asking import Log, asked, audited, replied, shown, store_file, tamper

CONTOSO, BIKES = made_up_tenant("Contoso"), made_up_tenant("Fabrikam Bikes")
SECRETS = "the customer's own words"


def _breaking(installation: Installation) -> Installation:
    """The same program with a warehouse that breaks in a way nobody foresaw."""

    def broken(_partner: PartnerId) -> Warehouse:
        raise RuntimeError(SECRETS)

    return replace(installation, backend=replace(installation.backend, warehouses=broken))


@pytest.mark.parametrize(
    ("who", "text", "kept"),
    [
        ("ada", "/usage contoso", ("usage", "answered", "")),
        ("cleo", "/usage", ("usage", "answered", "")),
        ("cleo", "/customers zzzzz", ("customers", "answered", "")),
        ("ben", "help", ("help", "answered", "")),
        ("ben", "what is this", ("", "answered", "")),
        ("ada", "", ("", "answered", "")),
        ("ben", "/usage contoso", ("usage", "refused", "not-allowed")),
        ("cleo", "/doctor", ("doctor", "refused", "not-allowed")),
        ("ada", "/usage zzzzz", ("usage", "refused", "unknown-customer")),
        ("ada", "/usage fabrikam", ("usage", "refused", "several-customers")),
        ("ada", "/usage contoso zzzzz", ("usage", "refused", "unknown-topic")),
        ("ada", "/usage x 2026-06..2026-01", ("usage", "refused", "unreadable-period")),
    ],
)
async def test_every_question_leaves_one_row_with_what_became_of_it(
    installation: Installation, who: str, text: str, kept: tuple[str, str, str]
) -> None:
    await replied(asked(text, who), installation.backend)
    (row,) = audited(store_file(installation.settings))
    assert (row["command"], row["outcome"], row["why"]) == kept
    assert row["who"] == f"page:demo:{who}"


@pytest.mark.parametrize(
    ("text", "who", "customers"),
    [
        ("/usage contoso", "cleo", {CONTOSO}),
        ("/usage", "cleo", {CONTOSO, BIKES}),
        ("/customers con", "cleo", {CONTOSO}),
        ("/customers proseware", "cleo", set()),
        ("/usage contoso zzzzz", "cleo", set()),
        ("/usage proseware", "cleo", set()),
        ("/usage contoso", "ben", set()),
        ("/whoami", "cleo", set()),
    ],
)
async def test_the_row_names_the_customers_whose_figures_were_looked_at(
    installation: Installation, text: str, who: str, customers: set[str]
) -> None:
    await replied(asked(text, who), installation.backend)
    (row,) = audited(store_file(installation.settings))
    assert row["customers"] == sorted(customers)


@pytest.mark.parametrize("locale", ["en", "fr"])
async def test_what_cannot_be_audited_is_not_answered(
    installation: Installation, logged: Log, locale: str
) -> None:
    tamper(store_file(installation.settings), "DROP TABLE audit")
    reply = await replied(
        asked("/usage contoso", locale=locale, request="c0ffee"), installation.backend
    )
    assert shown(reply) == speaker(locale)("not-audited", incident="c0ffee")
    (line,) = logged()
    assert (line["event"], line["error"], line["request"]) == (
        "answer failed",
        "OperationalError",
        "c0ffee",
    )


async def test_a_refusal_that_cannot_be_audited_is_not_given_either(
    installation: Installation,
) -> None:
    tamper(store_file(installation.settings), "DROP TABLE audit")
    reply = await replied(asked("/usage contoso", "ben"), installation.backend)
    turned = await turn_away(asked("", "ben"), "button-stale", installation.backend)
    assert {shown(reply), shown(turned)} == {speaker("en")("not-audited", incident="q1")}


async def test_unaudited_questions_are_counted_for_the_operator(
    installation: Installation,
) -> None:
    tamper(store_file(installation.settings), "DROP TABLE audit")
    for _ in range(2):
        await replied(asked("/usage"), installation.backend)
    assert b"\nseatwise_audit_failures_total 2.0\n" in installation.metrics.text()


async def test_the_audit_answers_again_once_it_can_be_written(installation: Installation) -> None:
    file = store_file(installation.settings)
    tamper(file, "ALTER TABLE audit RENAME TO elsewhere")
    await replied(asked("/usage contoso"), installation.backend)
    tamper(file, "ALTER TABLE elsewhere RENAME TO audit")
    reply = await replied(asked("/usage contoso"), installation.backend)
    assert re.match(r"Contoso: [\d,]+ of [\d,]+ ", shown(reply))
    assert len(audited(file)) == 1


async def test_a_command_that_breaks_is_told_in_words_and_audited_as_broken(
    installation: Installation, logged: Log
) -> None:
    reply = await replied(
        asked("/usage contoso", request="c0ffee"), _breaking(installation).backend
    )
    assert shown(reply) == speaker("en")("broken", incident="c0ffee")
    (row,) = audited(store_file(installation.settings))
    assert (row["outcome"], row["why"], row["request"]) == ("broken", "RuntimeError", "c0ffee")
    assert SECRETS not in str((logged(), row))


async def test_somebody_without_a_right_does_not_even_learn_that_it_is_broken(
    installation: Installation,
) -> None:
    whole = await replied(asked("/usage contoso", "ben"), installation.backend)
    broken = await replied(asked("/usage contoso", "ben"), _breaking(installation).backend)
    assert shown(whole) == shown(broken)


async def test_a_damaged_facts_file_is_told_in_words(installation: Installation) -> None:
    for file in installation.settings.data_dir.rglob("facts-*.duckdb"):
        file.write_bytes(b"rust" * 1000)
    reply = await replied(asked("/usage contoso"), installation.backend)
    assert shown(reply) == speaker("en")("broken", incident="q1")
