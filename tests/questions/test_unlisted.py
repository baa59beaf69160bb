"""Customers without licences: those who never had any, those who left, and what is said of each."""

from datetime import date
from pathlib import Path

import pytest

from analytics.questions.portfolio import portfolio
from analytics.questions.unlisted import Unlisted
from analytics.questions.usage import UsageResult, usage
from analytics.tables import CUSTOMERS, DEPLOYMENT
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.marks import Mark, Reason
from handlers.chat.reply import Paragraph
from handlers.chat.services import Say
from handlers.commands.usage.one_customer import one_customer
from handlers.messages.speaker import speaker
from handlers.output.unknowns import why
from tests.questions.asking import CONTOSO, asked, between, november
from tests.questions.conftest import Told
from tests.warehouse.rows import opened, publish, seats, tenant, use
from tests.warehouse.test_memory import MONDAY, TUESDAY, row, sync

SAY: Say = speaker("en")
EARLIER = Unknown(Why.LATER, "usage")
"""Use on a day before the first snapshot of it."""
LEFT = SAY("usage-left", customer="Contoso", since=november(13), last=november(6))
FABRIKAM = {"customer": "Fabrikam"}
CRM = {"service": "crm", "service_name": "Dynamics", "product": "d"}


def said(result: UsageResult) -> str:
    """The finding, and the sentences under it."""
    reply = one_customer(result, SAY)
    texts = [part.text for part in reply.parts if isinstance(part, Paragraph)]
    return " ".join((reply.headline, *texts))


def listed(folder: Path, day: date, *names: str) -> None:
    """A sync of the partner's list of customers."""
    rows = [row(CUSTOMERS, tenant=tenant(name), customer=name) for name in names]
    sync(folder, day, {CUSTOMERS: {"": rows}}, Mark("customer_list", day))


def test_a_customer_whom_no_snapshot_lists_never_had_licences(told: Told) -> None:
    facts = told(seats(9, day=november(13), **CRM, **FABRIKAM), seats(50, **FABRIKAM), use(1, 9))
    result = asked(facts)

    assert result.unlisted == Unlisted(november(13), None, None, None)  # of its oldest service
    assert said(result).startswith(SAY("usage-never", customer="Contoso", day=november(13)))


def test_a_customer_whom_the_newest_snapshots_do_not_list_left(told: Told) -> None:
    days = [seats(9, day=november(day), **FABRIKAM) for day in (6, 13, 20)]
    facts = told(*days, seats(50, day=november(6)), use(1, 9, **FABRIKAM))
    result = asked(facts)

    assert result.unlisted == Unlisted(november(20), november(6), november(13), None)
    assert (result.ended, result.stamp.rests_on[0].day) == ((), november(6))
    stood = SAY("usage-use-unknown", customer="Contoso", n=50, why=why(EARLIER, SAY))
    assert said(result).startswith(f"{LEFT} {SAY('usage-left-figures')} {stood}")


def test_after_a_customer_left_there_are_no_licences_rather_than_no_figures(told: Told) -> None:
    days = [seats(9, day=november(day), **FABRIKAM) for day in (6, 13, 20)]
    facts = told(*days, seats(50, day=november(6)), use(1, 9, **FABRIKAM))

    assert said(asked(facts, between(14, 20))) == LEFT
    assert asked(facts, between(14, 20)).stamp.looked == november(20)
    seen = {"oldest": november(6), "newest": november(6)}
    early = {"first": november(1), "last": november(5)}
    nothing = SAY("usage-nothing", customer="Contoso", **early, **seen)
    assert said(asked(facts, between(1, 5))) == nothing


def test_who_has_one_service_left_has_not_left(told: Told) -> None:
    gone = [seats(7, day=november(6), **CRM), seats(1, day=november(13), **CRM, **FABRIKAM)]
    result = asked(told(*gone, seats(50)))

    assert result.unlisted is None
    assert [each.service for each in result.ended] == ["Dynamics"]


def test_who_left_the_partners_list_is_said_to(tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    publish(facts, seats(50, day=november(6)), seats(9, day=november(13), **FABRIKAM))
    listed(tmp_path, MONDAY, "Contoso", "Fabrikam", "Adatum")
    listed(tmp_path, TUESDAY, "Fabrikam")
    adatum = Customer(tenant("Adatum"), "Adatum")

    days = {"since": november(13), "last": november(6), "gone": TUESDAY}
    assert said(asked(opened(facts))).startswith(
        SAY("usage-left-off-list", customer="Contoso", **days)
    )
    assert said(usage(opened(facts), adatum, None, None)).startswith(
        SAY("usage-never-off-list", customer="Adatum", gone=TUESDAY)
    )
    assert (portfolio(opened(facts)).left, portfolio(opened(facts)).without) == (1, 1)


@pytest.mark.parametrize("period", [None, Period(date(2023, 1, 1), date(2023, 12, 31))])
def test_a_partner_whose_licences_came_whole_and_empty_has_customers_without_any(
    tmp_path: Path, period: Period | None
) -> None:
    rows = [row(CUSTOMERS, tenant=CONTOSO.id, customer="Contoso")]
    marks = (Mark("deployment", MONDAY), Mark("usage", MONDAY))
    sync(tmp_path, MONDAY, {CUSTOMERS: {"": rows}, DEPLOYMENT: {"": []}}, *marks)
    facts = opened(tmp_path / "facts")
    result = asked(facts, period)

    assert (result.latest, result.unlisted) == (None, Unlisted(MONDAY, None, None, None))
    assert said(result).startswith(SAY("usage-never", customer="Contoso", day=MONDAY))
    assert result.stamp.marks == ()
    assert (portfolio(facts).sold, portfolio(facts).without) == (0, 1)


def test_a_partner_admin_who_sees_nobody_sees_everyone_there_is(tmp_path: Path) -> None:
    sync(tmp_path, MONDAY, {}, Mark("customer_list", None, (Reason("sync-why-denied"),)))
    result = portfolio(opened(tmp_path / "facts"))
    assert (result.customers, result.everyone) == ((), True)
    assert [mark.dataset for mark in result.stamp.marks] == ["customer_list", "deployment", "usage"]
