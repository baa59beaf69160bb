"""Renewals of the made-up partner are those that its stories and plain SQL tell."""

from dataclasses import replace

import pytest

from analytics.questions.renewals import Renewals, renewals
from analytics.questions.renewals.cases import RenewalCase, SetApartReason
from analytics.questions.renewals.identities import case_faults, renewal_checks
from analytics.warehouse.facts import Facts
from tests.conftest import NOW

_OFF = """
    SELECT subscription FROM {newest_subscriptions}
    WHERE status = 'active' AND billing = 'license' AND NOT trial AND NOT auto_renew
        AND product_type = 'OnlineServicesNCE' AND coalesce(end_action, '') <> 'Cancel'
        AND NOT contains(product_name, 'Extended') AND ends BETWEEN $first AND $last"""

_MONTHLY = """
    SELECT count(*) FROM {newest_subscriptions}
    WHERE status = 'active' AND billing = 'license' AND term = 'P1M' AND auto_renew
        AND NOT contains(product_name, 'Extended') AND ends BETWEEN $first - 8 AND $last"""

STORIES = {
    "Proseware": RenewalCase.EXTENSION,
    "Orrery Instruments": RenewalCase.EXTENSION,
    "Fourth Coffee": RenewalCase.IN_EXTENSION,
    "Woodgrove Bank": RenewalCase.CANCELS,
    "Contoso": RenewalCase.SCHEDULED,
    "Fabrikam Bikes": RenewalCase.WINDOW_OPEN,
    "Trey Research": RenewalCase.TRIAL,
}


@pytest.fixture(scope="module")
def all_lines(sample: Facts) -> Renewals:
    """The answer about all customers, every line of it."""
    return renewals(replace(sample, whole=True), None, NOW)


def test_each_story_has_its_case(all_lines: Renewals) -> None:
    found = {(each.customer.name, each.case) for each in all_lines.lines}
    assert set(STORIES.items()) - found == set()
    (added,) = [each for each in all_lines.lines if each.is_refund_window]
    assert (added.customer.name, added.seats) == ("Contoso", 10)
    extending = {each.customer.name for each in all_lines.lines if each.case.is_extension}
    expected = {name for name, case in STORIES.items() if case.is_extension}
    assert extending - {"Terra Firma Surveyors"} == expected
    assert SetApartReason.SUSPENDED in {each.reason for each in all_lines.apart}


def test_extensions_and_monthly_terms_are_those_of_plain_sql(
    sample: Facts, all_lines: Renewals
) -> None:
    days = {"first": all_lines.period.first, "last": all_lines.period.last}
    off = {subscription for (subscription,) in sample.rows(_OFF, **days)}
    lines = [each for each in all_lines.lines if not each.is_refund_window]
    told = {each.subscription for each in lines if each.case is RenewalCase.EXTENSION}
    assert told == off
    assert [(all_lines.quiet,)] == sample.rows(_MONTHLY, **days)


def test_the_seats_beside_a_line_are_of_the_whole_tenant(all_lines: Renewals) -> None:
    """Contoso's E3 is partly another partner's."""
    (line,) = [
        each
        for each in all_lines.lines
        if (each.customer.name, each.is_refund_window) == ("Contoso", False)
        and each.case is RenewalCase.SCHEDULED
    ]
    assert line.spare is not None
    assert line.seats is not None
    assert isinstance(line.spare.sold, int)
    assert line.spare.sold > line.seats
    assert line.could_go == line.spare.unassigned
    assert line.spare.days == 28


def test_the_answers_agree_with_one_another(sample: Facts) -> None:
    assert [each.wrong for each in renewal_checks(sample)] == [0, 0]
    assert case_faults(sample) == 0
