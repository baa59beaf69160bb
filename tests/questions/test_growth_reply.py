"""Growth in words: by the definition asked for, and amounts for those who may see them."""

from pathlib import Path

from analytics.questions.growth import GrowthResult, growth
from analytics.questions.growth.spells import Definition
from analytics.warehouse.facts import Facts
from handlers.commands.growth import tell
from handlers.commands.growth.words import definitions
from handlers.messages.speaker import speaker
from tests.questions.subscribed import told
from tests.questions.test_growth import EXAMPLE, NOVEMBER
from tests.warehouse.sights import sight


def test_the_answer_is_by_the_definition_asked_for_and_offers_the_other(tmp_path: Path) -> None:
    example = told(tmp_path, EXAMPLE)
    result = growth(example, NOVEMBER, Definition.INSIGHTS)
    reply, usual = tell(result, speaker("en")), tell(growth(example, NOVEMBER), speaker("en"))

    assert result.main == result.insights == growth(example, NOVEMBER).insights
    assert reply.headline.startswith(f"{result.insights.count.end} customers")
    days = "2026-11-01..2026-11-30"
    offered = [[each.text for each in said.follow_ups] for said in (reply, usual)]
    assert f"/growth by power bi {days}" in offered[0]
    assert f"/growth by insights {days}" in offered[1]


def _billed(facts: Facts, *, money: bool) -> GrowthResult:
    return growth(Facts(facts.generation, sight(money=money)))


def test_amounts_are_for_those_who_may_see_them_and_leave_out_what_is_told_twice(
    sample: Facts,
) -> None:
    shown = _billed(sample, money=True)
    rows = sample.rows(_AMOUNTS)
    assert [(each.month, each.amount) for each in shown.billed] == rows
    assert {each.untold for each in shown.billed} == {1}
    assert "no amount is told of 1 customer" in " ".join(definitions(shown, speaker("en")))
    assert (shown.withheld, _billed(sample, money=False).withheld) == (False, True)
    assert _billed(sample, money=False).billed == ()


_AMOUNTS = """
    SELECT month, sum(billed_usd) FROM {insights_seats} WHERE duplicate IS DISTINCT FROM true
    GROUP BY month ORDER BY month"""
