"""Reports in either database: numbered once for good, found as they were, told once, forgotten."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.erasure import Erasure
from bot.store.reports import ReportStore
from handlers.chat.reports import A_DAY, LONGEST, FiledReport, TooManyReports
from handlers.messages.speaker import speaker
from tests.store.behind import Behind, count
from tests.store.entries import ADA, BEN, LATER, NOW, SECRET
from tests.store.reporting import CONTOSO, FABRIKAM, report

RIVAL = PartnerId("rival")
DAY = timedelta(days=1)


@pytest.fixture
def reports(engine: AsyncEngine, audit: Audit) -> ReportStore:
    return ReportStore(engine, audit)


@pytest.fixture
def erasure(engine: AsyncEngine) -> Erasure:
    return Erasure(engine, SECRET, OWN)


async def numbers(reports: ReportStore, partner: PartnerId = OWN) -> list[int]:
    return [filed.number for filed in await reports.all(partner)]


async def test_a_report_is_found_as_it_was_saved(reports: ReportStore) -> None:
    its = report("“Faux” : ’é\n2 lines", customers=(CONTOSO, FABRIKAM), generation=None)
    assert await reports.save(its) == 1
    assert await reports.find(1, OWN) == FiledReport(1, its)


async def test_each_partner_counts_from_one_and_sees_its_own(reports: ReportStore) -> None:
    saved = [await reports.save(report(str(n), partner=p)) for n, p in enumerate((OWN, RIVAL, OWN))]
    assert saved == [1, 1, 2]
    assert (await numbers(reports), await numbers(reports, RIVAL)) == ([2, 1], [1])
    assert await reports.find(2, RIVAL) is None


async def test_reports_filed_at_once_get_numbers_of_their_own(
    engine: AsyncEngine, another: AsyncEngine
) -> None:
    stores = [ReportStore(each, Audit(each, SECRET)) for each in (engine, another)]
    saving = [stores[n % 2].save(report(f"number {n}")) for n in range(8)]
    assert sorted(await asyncio.gather(*saving)) == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_a_form_that_is_sent_twice_is_one_report(reports: ReportStore) -> None:
    again = replace(report(), at=NOW + timedelta(seconds=2))
    assert [await reports.save(each) for each in (report(), again)] == [1, 1]
    assert await reports.save(replace(report(), at=NOW + timedelta(seconds=11))) == 2


async def test_the_audit_holds_each_report_and_none_of_its_words(
    reports: ReportStore, audit: Audit, behind: Behind
) -> None:
    await reports.save(report("a secret"))
    ((entry,),) = behind.rows("SELECT entry FROM audit")
    assert json.loads(entry) == {"action": "report-save", "number": 1, "who": str(ADA)}
    assert await audit.broken_at(OWN) is None


async def test_without_its_audit_row_a_report_is_not_kept(
    reports: ReportStore, behind: Behind
) -> None:
    behind.do("ALTER TABLE audit RENAME TO audit_elsewhere")
    with pytest.raises(SQLAlchemyError):
        await reports.save(report())
    assert count(behind, "report") == 0


async def test_a_person_files_twenty_a_day_and_others_go_on(reports: ReportStore) -> None:
    for n in range(A_DAY):
        await reports.save(report(f"{n}"))
    with pytest.raises(TooManyReports) as refused:
        await reports.save(report("one more", at=LATER))
    assert (refused.value.sentence, refused.value.values) == ("report-too-many", {"n": 20})
    said = speaker("fr")(refused.value.sentence, **refused.value.values)
    assert said.startswith("Vous avez déjà envoyé 20 signalements en un jour\xa0;")
    assert await reports.save(report(reporter=BEN)) == 21
    assert await reports.save(report(at=NOW + DAY)) == 22


@pytest.mark.parametrize(("length", "end"), [(LONGEST, "a"), (LONGEST + 1, "…"), (90_000, "…")])
async def test_words_are_kept_up_to_two_thousand_characters(
    reports: ReportStore, length: int, end: str
) -> None:
    await reports.save(report("a" * length))
    (filed,) = await reports.all(OWN)
    assert (len(filed.report.said), filed.report.said[-1]) == (2000, end)


async def test_a_report_of_any_text_is_kept(reports: ReportStore) -> None:
    hostile = "e\0v\ud800il"
    await reports.save(report(hostile, question=hostile, stamp=(hostile,)))
    (filed,) = await reports.all(OWN)
    its = filed.report
    assert (its.said, its.question) == ("e\ufffdv?il", "e\ufffdv?il")
    assert "?il" in its.stamp[0]


async def test_reports_since_a_moment_are_the_newest_first(reports: ReportStore) -> None:
    for n in range(3):
        await reports.save(report(f"{n}", at=NOW + n * DAY))
    assert [filed.number for filed in await reports.all(OWN, NOW + DAY)] == [3, 2]


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 10**30])
async def test_a_number_that_no_report_has_finds_none(reports: ReportStore, number: int) -> None:
    await reports.save(report())
    assert await reports.find(number, OWN) is None


async def test_of_two_processes_one_claims_a_report(
    engine: AsyncEngine, another: AsyncEngine
) -> None:
    stores = [ReportStore(each, Audit(each, SECRET)) for each in (engine, another)]
    await stores[0].save(report())
    claimed = await asyncio.gather(*(store.claim(OWN, NOW) for store in stores * 3))
    assert [filed.number for filed in claimed if filed] == [1]


async def test_a_claim_that_was_left_is_taken_up_after_five_minutes(reports: ReportStore) -> None:
    await reports.save(report())
    after = [NOW, NOW + timedelta(minutes=4), NOW + timedelta(minutes=6)]
    assert [bool(await reports.claim(OWN, at)) for at in after] == [True, False, True]


async def test_a_told_report_and_one_of_last_week_are_not_claimed(reports: ReportStore) -> None:
    for at in (NOW, NOW - 7 * DAY):
        await reports.save(report(at=at))
    await reports.mark_told(1, OWN, NOW)
    assert await reports.claim(OWN, LATER) is None
    assert await reports.claim(RIVAL, LATER) is None


async def test_reports_are_deleted_at_400_days_and_their_numbers_do_not_come_back(
    reports: ReportStore,
) -> None:
    await reports.save(report())
    await reports.save(report(partner=RIVAL))
    assert await reports.sweep(OWN, NOW + 399 * DAY) == 0
    assert await reports.sweep(OWN, NOW + 400 * DAY) == 1
    assert (await numbers(reports), await numbers(reports, RIVAL)) == ([], [1])
    assert await reports.save(report(at=NOW + 400 * DAY)) == 2


async def test_of_a_forgotten_person_no_report_is_left(
    reports: ReportStore, erasure: Erasure
) -> None:
    await reports.save(report())
    await reports.save(report(reporter=BEN))
    await reports.save(report(reporter=BEN, said=f"As {str(ADA).upper()} says."))
    assert await erasure.person(str(ADA), ADA, 0, NOW) == 2
    assert await numbers(reports) == [2]


async def test_a_report_that_names_a_forgotten_sign_in_name_is_gone(
    reports: ReportStore, erasure: Erasure
) -> None:
    await reports.save(report("Eve@partner.example did it."))
    assert await erasure.person("eve@partner.example", None, 0, NOW) == 1
    assert await numbers(reports) == []


NAMED = {
    "by id in the question": report(question=f"/usage {FABRIKAM.upper()}"),
    "in the words": report("And FABRIKAM’s?"),
    "in the stamp": report(stamp=("Without Fabrikam.",)),
    "as the only source": report(question="/usage", customers=(FABRIKAM,)),
}


@pytest.mark.parametrize("how", NAMED)
async def test_a_report_about_a_forgotten_customer_is_gone(
    reports: ReportStore, erasure: Erasure, how: str
) -> None:
    await reports.save(NAMED[how])
    await reports.save(report(partner=RIVAL, customers=(FABRIKAM,)))
    assert await erasure.customer(FABRIKAM, ("Fabrikam",), 0, NOW) == 1
    assert (await numbers(reports), await numbers(reports, RIVAL)) == ([], [1])


async def test_a_report_of_an_answer_over_many_loses_the_forgotten_customer(
    reports: ReportStore, erasure: Erasure
) -> None:
    await reports.save(report(question="/usage", customers=(CONTOSO, FABRIKAM)))
    assert await erasure.customer(FABRIKAM, ("Fabrikam",), 0, NOW) == 1
    (filed,) = await reports.all(OWN)
    assert filed.report.customers == (CONTOSO,)


async def test_a_short_name_is_looked_for_as_a_word(reports: ReportStore, erasure: Erasure) -> None:
    for said in ("Not with us.", "Ask “IT” again."):
        await reports.save(report(said))
    assert await erasure.customer(FABRIKAM, ("IT",), 0, NOW) == 1
    assert await numbers(reports) == [1]


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=4, max_size=40)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=4, max_size=40).filter(
        str.strip
    )
)
async def test_whatever_a_customer_is_called_its_name_is_in_no_report_afterwards(
    reports: ReportStore, erasure: Erasure, name: str
) -> None:
    await reports.save(report(f"The seats of {name.upper()} are wrong."))
    await reports.save(report(stamp=(f"Without {name}.",)))
    await erasure.customer(FABRIKAM, (name,), 0, NOW)
    assert [f for f in await reports.all(OWN) if name in str(f)] == []
