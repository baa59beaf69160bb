"""What an answer about seats says before its details and in them: every change, and what does not
add up.
"""

from dataclasses import replace

import pytest

from analytics.questions.portfolio import portfolio
from handlers.chat.reply import Paragraph, Part, Table
from handlers.chat.services import Say
from handlers.commands.usage.all_customers import all_customers
from handlers.commands.usage.one_customer import one_customer
from handlers.messages.speaker import speaker
from handlers.output.unknowns import why
from tests.questions.asking import E5, NOT_MEASURED, asked, between, november
from tests.questions.conftest import Told
from tests.warehouse.rows import Line, seats, use

SAY: Say = speaker("en")
FABRIKAM = {"customer": "Fabrikam"}
OTHER = {"product": E5, "product_name": "OFFICE 365 E5"}
EARLIER = {"day": november(6)}


def sentences(parts: tuple[Part, ...]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Paragraph)]


def column(parts: tuple[Part, ...], caption: str, heading: str) -> dict[str, str]:
    """One column of a table, by the first."""
    (table,) = [part for part in parts if isinstance(part, Table) and part.caption == SAY(caption)]
    at = [each.heading for each in table.columns].index(SAY(heading))
    return {row[0]: row[at] for row in table.rows}


def test_each_product_that_moved_has_its_change_those_that_ended_too(told: Told) -> None:
    before = [seats(50, 40, **EARLIER), seats(30, 20, **OTHER, **EARLIER)]
    result = asked(told(*before, seats(55, 45)), between(10, 20))
    reply = one_customer(result, SAY)

    assert result.change is not None
    assert result.change.sold == -25
    assert sentences(reply.parts) == [
        SAY("usage-change", day=november(6), sold="−25", assigned="−15")
    ]
    moved = column(reply.details, "table-products", "column-change")
    assert moved == {"Office 365 E3": "+5", "Office 365 E5": "−30"}
    assert column(reply.details, "table-products", "column-sold")["Office 365 E5"] == "0"


def test_without_a_change_there_is_no_column_of_it(told: Told) -> None:
    result = asked(told(seats(50, 40, **EARLIER), seats(50, 40)), between(10, 20))
    reply = one_customer(result, SAY)

    assert sentences(reply.parts) == [SAY("usage-unchanged", day=november(6))]
    (table,) = [part for part in reply.details if isinstance(part, Table)]
    assert SAY("column-change") not in [each.heading for each in table.columns]


def test_where_the_history_begins_is_said_instead_of_a_change(told: Told) -> None:
    reply = one_customer(asked(told(seats(50, 40)), between(10, 20)), SAY)

    assert sentences(reply.parts) == []
    assert SAY("usage-history", day=november(20)) in sentences(reply.details)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((seats(50), use(40, 50), seats(9, **OTHER)), SAY("usage-unmeasured", n=9)),
        ((seats(50, 40), use(70, 50)), SAY("usage-beyond", n=20)),
        ((seats(50, 58), use(40, 50)), SAY("usage-surplus", n=8)),
        ((seats(50), use(70, 50)), SAY("usage-over", workloads="Exchange", n=1)),
    ],
    ids=["not measured", "more people than seats", "more assigned than sold", "above 100 %"],
)
def test_what_does_not_add_up_is_explained_behind_the_answer(
    told: Told, lines: tuple[Line, ...], sentence: str
) -> None:
    facts = told(*lines)

    assert sentence in sentences(one_customer(asked(facts), SAY).details)
    if "Exchange" not in sentence:  # which names a workload: of one customer
        assert sentence in sentences(all_customers(portfolio(facts), SAY).details)


def test_where_nothing_is_measured_the_finding_alone_says_so(told: Told) -> None:
    facts = told(seats(50, 40), use(1, 9, **FABRIKAM))
    together = replace(portfolio(facts), active=NOT_MEASURED, measured=0)
    one, everyone = one_customer(asked(facts), SAY), all_customers(together, SAY)

    unknown = {"n": 50, "why": why(NOT_MEASURED, SAY)}
    assert one.headline == SAY("usage-use-unknown", customer="Contoso", **unknown)
    assert everyone.headline == SAY("portfolio-use-unknown", **unknown)
    for reply in (one, everyone):
        assert SAY("usage-unmeasured", n=50) not in sentences(reply.details)


def test_of_who_left_the_answer_says_so_first_and_then_how_they_stood(told: Told) -> None:
    days = [seats(9, day=november(day), **FABRIKAM) for day in (6, 13, 20)]
    stood = [seats(50, 40, **EARLIER), use(30, 50, **EARLIER), use(1, 9, **FABRIKAM)]
    reply = one_customer(asked(told(*days, *stood)), SAY)

    assert reply.headline == SAY(
        "usage-left", customer="Contoso", since=november(13), last=november(6), day=november(20)
    )
    assert sentences(reply.parts)[:2] == [
        SAY("usage-left-figures"),
        SAY("usage-finding", customer="Contoso", n=20, measured=50),
    ]
