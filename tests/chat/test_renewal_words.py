"""Decisions in words: by when on both clocks, *will* or *may*, what can be done, a plain link."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from analytics.calendars.ics_file import write_ics
from analytics.questions.renewals.cases import (
    Certainty,
    Remedy,
    RenewalCase,
    RenewalDoubt,
    RenewalOutcome,
)
from analytics.questions.renewals.lines import ScheduledTerm
from analytics.values import Customer, TenantId, Unknown, Why
from handlers.chat.reply import Entry, Paragraph, Reply
from handlers.commands.renewals import tell
from handlers.messages.speaker import speaker
from handlers.output.calendars import deadlines_of
from handlers.output.renewals import entry
from tests.chat.renewing_lines import EXTENSION, LAST_SECOND, NOW, TENANT, answer, line

EN, FR = speaker("en"), speaker("fr")
PARIS = speaker("en", "Europe/Paris")
CONTOSO = Customer(TENANT, "Contoso")


def told(said: Reply) -> list[Entry]:
    return [part for part in said.parts if isinstance(part, Entry)]


def sentences(**changed: object) -> tuple[str, ...]:
    return entry(line(**changed), NOW, EN, names_customer=True).lines


def test_a_line_says_by_when_what_follows_and_what_can_be_done() -> None:
    found = entry(line(), NOW, EN, names_customer=True)
    assert found.title == "Contoso · Microsoft 365 E3 · 80 seats"
    assert found.lines == (
        "Act by 28 Feb 2027, 23:59 UTC. 12 of 80 could go: without a user on all 28 known days.",
        "If nothing is done, it will renew for a year.",
        "Can still be done: schedule other seats, another product or another term · choose to"
        " cancel at the end of the term. After the renewal, it can be cancelled or seats given back"
        " until 7 Mar 2027, 23:59 UTC.",
    )
    assert found.link is not None
    assert found.link.address.endswith(f"/customers/{TENANT}/subscriptions")


def test_a_reader_elsewhere_is_told_their_clock_and_utc() -> None:
    found = entry(line(spare=None), NOW, PARIS, names_customer=False)
    assert found.title == "Microsoft 365 E3 · 80 seats"
    assert found.lines[0] == "Act by 1 Mar 2027, 00:59 UTC+01:00 (28 Feb 2027, 23:59 UTC)."


@pytest.mark.parametrize("outcome", RenewalOutcome)
def test_only_evidence_says_will(outcome: RenewalOutcome) -> None:
    sure, unsure = (
        sentences(outcome=outcome, certainty=each)[1] for each in (Certainty.WILL, Certainty.MAY)
    )
    assert (" will " in sure, " may " in sure) == (True, False)
    assert (" will " in unsure, " may " in unsure) == (False, True)


@pytest.mark.parametrize("outcome", RenewalOutcome)
def test_french_says_peut_for_may_alone(outcome: RenewalOutcome) -> None:
    sure, unsure = (
        entry(line(outcome=outcome, certainty=each), NOW, FR, names_customer=True).lines[1]
        for each in (Certainty.WILL, Certainty.MAY)
    )
    assert (" peut " in sure or " peuvent " in sure) is False
    assert " peut " in unsure or " peuvent " in unsure


@pytest.mark.parametrize("doubt", RenewalDoubt)
def test_may_says_why(doubt: RenewalDoubt) -> None:
    lines = sentences(**EXTENSION, certainty=Certainty.MAY, doubts=(doubt,))
    assert EN(f"renewal-doubt-{doubt.value}") in lines[1]


def test_indirect_business_leaves_the_last_word_to_the_distributor() -> None:
    lines = sentences(**EXTENSION, by_distributor=True)
    assert lines[1].endswith("unless your distributor’s platform cancels it.")
    assert "distributor" not in " ".join(sentences(by_distributor=True))


@pytest.mark.parametrize(
    ("scheduled", "said"),
    [
        (ScheduledTerm(380, "", "", None), "(380 seats)"),
        (ScheduledTerm(None, "other", "P3Y", None), "(another product and for three years)"),
        (ScheduledTerm(None, "", "", None), "(what exactly is not told)"),
        (ScheduledTerm(None, "", "P7W", None), "(for another term)"),
    ],
)
def test_a_schedule_is_said_as_far_as_it_is_told(scheduled: ScheduledTerm, said: str) -> None:
    lines = sentences(outcome=RenewalOutcome.RENEWS_AS_SCHEDULED, scheduled=scheduled)
    assert f"renew as scheduled {said}; a change before then deletes the schedule" in lines[1]


def test_a_term_that_is_over_names_no_deadline_and_no_calendar_has_it() -> None:
    over = line(renewing=True, act_by=NOW - timedelta(hours=9), term_end=date(2026, 11, 29))
    assert entry(over, NOW, EN, names_customer=True).lines[0].startswith("Renewing: the term ended")
    assert deadlines_of(answer(over), EN) == ()


def test_facts_too_old_for_a_deadline_so_near_say_so() -> None:
    near = {"act_by": NOW + timedelta(days=2), "fetched": date(2026, 11, 28)}
    assert (
        sentences(**near)[-1]
        == "I could not look since 28 Nov 2026; look yourself in Partner Center."
    )
    fresh = near | {"fetched": date(2026, 11, 29)}
    assert "could not look" not in " ".join(sentences(**fresh))
    assert "could not look" not in " ".join(sentences(fetched=date(2026, 11, 1)))


@pytest.mark.parametrize("spare", [None, Unknown(Why.NEVER_CAME, "deployment"), 0])
def test_seats_that_are_not_known_or_all_assigned_are_not_said_to_go(
    spare: int | Unknown | None,
) -> None:
    usual = line().spare
    assert usual is not None
    known = None if spare is None else replace(usual, unassigned=spare)
    assert "could go" not in " ".join(sentences(spare=known))


def test_added_seats_and_a_name_of_the_partners_own_are_told() -> None:
    found = entry(line(is_refund_window=True, nickname="Plant 2"), NOW, EN, names_customer=False)
    assert found.title == "Microsoft 365 E3 (Plant 2) · 80 added seats"
    unknown = entry(line(seats=None), NOW, EN, names_customer=False)
    assert (unknown.title, "could go" in " ".join(unknown.lines)) == ("Microsoft 365 E3", False)


def test_a_tenant_that_is_no_guid_has_no_link() -> None:
    odd = replace(line(), customer=Customer(TenantId("../evil"), "Contoso"))
    assert entry(odd, NOW, EN, names_customer=True).link is None


def test_every_remedy_but_the_one_after_the_renewal_stands_in_one_sentence() -> None:
    said = sentences(remedies=tuple(Remedy), then_until=None)[2]
    assert said.count(" · ") == len(Remedy) - 2


def test_without_decisions_the_headline_says_until_when() -> None:
    said = tell(answer(customer=CONTOSO), EN)
    assert said.headline == "Nothing has to be decided for Contoso until 29 Jan 2027."
    assert (told(said), said.safe) == ([], None)


def test_ten_lines_are_shown_and_how_many_there_are() -> None:
    said = tell(answer(*[line(f"Customer {at}") for at in range(41)]), EN)
    assert len(told(said)) == 10
    first = next(part for part in said.parts if isinstance(part, Paragraph))
    assert first.text == "The first 10 of 41, paid extensions first; the file has all."


def test_a_summary_for_others_names_no_customer_and_no_product() -> None:
    said = tell(answer(line(), line(**EXTENSION)), EN)
    assert said.safe is not None
    shown = repr(said.safe.parts)
    assert "2 decisions about the end of subscriptions" in shown
    assert not {"Contoso", "Microsoft", TENANT} & set(shown.split())


def test_no_sentence_tells_an_amount_of_money() -> None:
    every = [
        line(case=case, outcome=outcome, certainty=sure)
        for case in RenewalCase
        for outcome in RenewalOutcome
        for sure in Certainty
    ]
    shown = repr([entry(each, NOW, EN, names_customer=True) for each in every])
    assert not set("€$£") & set(shown)


def test_names_stay_names_in_a_calendar(tmp_path: Path) -> None:
    hostile = 'Contoso\r\nUID:evil; =HYPERLINK("http://x"), \u202e🎉'
    result = answer(
        line(hostile), line("Fabrikam", act_by=datetime(2026, 12, 4, 10, 12, tzinfo=UTC))
    )
    file = tmp_path / "x.ics"
    assert write_ics(file, deadlines_of(result, EN) or (), "/renewals", NOW) == 2
    first, second = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(first["UID"]) == f"{line().identity.key}@seatwise"
    assert str(first["SUMMARY"]).startswith("Act by: Contoso UID:evil; =HYPERLINK(")
    assert first["DTSTART"].dt == LAST_SECOND.date()
    assert second["DTEND"].dt == datetime(2026, 12, 4, 10, 12, tzinfo=UTC)
