"""What the doctor finds: the right level and sentence for each thing that can be wrong."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from analytics.rules import dated_rules
from analytics.tables import DEPLOYMENT, Batch
from analytics.values import OWN
from analytics.warehouse.building.build import build
from bot.environment import read_settings
from bot.partners import facts_folder
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from handlers.chat.services import Finding, Level
from handlers.commands.doctor import report
from handlers.messages.speaker import LOCALES, speaker
from tests.answering.asking import store_file, tamper
from tests.conftest import NOW

GOOD, WATCH, BAD = Level.GOOD, Level.WATCH, Level.BAD
TENANT = "0112a436-b14e-4888-967b-ca4bb2cf1234"


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Installation]:
    """The program as it is first started: no secret, no admin, no data."""
    settings = read_settings({"SEATWISE_DATA_DIR": str(tmp_path)})
    async with open_installation(settings, {}, lambda: NOW) as wired:
        yield wired


async def _found(installation: Installation, now: datetime = NOW) -> dict[str, Level]:
    """Each finding's level; every one of them can be said, in every language."""
    findings = await installation.doctor.findings(OWN, now)
    for locale in LOCALES:
        lines = report(findings, speaker(locale))
        assert len(lines) == len(findings) + 1
    return {finding.sentence: finding.level for finding in findings}


def _ages(findings: Iterable[Finding]) -> list[tuple[object, object, Level]]:
    return [
        (f.values["service"], f.values["n"], f.level)
        for f in findings
        if f.sentence == "doctor-data-age"
    ]


def _import(settings: Settings, day: date, announced: int = 0) -> None:
    """One row of one day; the source announced more where told."""
    names = ("o365", "Microsoft Office 365", "reseller", TENANT, "Contoso", "p", "Product")
    batch = Batch(DEPLOYMENT, ((day, *names, 40, 50),), {("o365", day): announced})
    meta = {"made_up": "no", "built": NOW.isoformat()}
    build(facts_folder(settings.data_dir, OWN), [batch], meta)


async def test_a_demonstration_in_order_is_well_but_made_up(installation: Installation) -> None:
    assert await _found(installation) == {
        "doctor-secret": GOOD,
        "doctor-store": GOOD,
        "doctor-admins": GOOD,
        "doctor-audit": GOOD,
        "doctor-not-connected": GOOD,
        "doctor-made-up": WATCH,
        "doctor-data-age": GOOD,
        "": Level.LASTING,  # a mark: some of its customers give no access to their tenants
        "doctor-clock": GOOD,
    }


async def test_a_new_installation_lacks_a_secret_an_admin_and_data(empty: Installation) -> None:
    assert await _found(empty) == {
        "doctor-secret-missing": WATCH,
        "doctor-store": GOOD,
        "doctor-no-admins": WATCH,
        "doctor-audit": GOOD,
        "doctor-not-connected": GOOD,
        "doctor-no-data": WATCH,
    }


async def test_each_service_is_told_with_its_age(installation: Installation) -> None:
    assert _ages(await installation.doctor.findings(OWN, NOW)) == [
        ("Microsoft Dynamics", 4, GOOD),
        ("Microsoft Office 365", 1, GOOD),
    ]


async def test_data_of_five_weeks_is_old_a_day_later(installation: Installation) -> None:
    later = await installation.doctor.findings(OWN, NOW + timedelta(days=34))
    assert _ages(later) == [("Microsoft Dynamics", 38, WATCH), ("Microsoft Office 365", 35, GOOD)]


async def test_rows_that_never_came_are_told(empty: Installation) -> None:
    _import(empty.settings, date(2026, 11, 20), announced=4)
    findings = await empty.doctor.findings(OWN, NOW)
    told = [f for f in findings if f.sentence == "doctor-incomplete"]
    assert told == [Finding(WATCH, "doctor-incomplete", {"n": 3})]
    assert (await _found(empty))["doctor-incomplete"] is WATCH


async def test_rows_missing_of_an_older_snapshot_are_told_no_more(empty: Installation) -> None:
    _import(empty.settings, date(2026, 11, 19), announced=4)
    _import(empty.settings, date(2026, 11, 20))
    assert "doctor-incomplete" not in await _found(empty)


async def test_real_data_that_is_whole_is_neither_made_up_nor_incomplete(
    empty: Installation,
) -> None:
    _import(empty.settings, date(2026, 11, 20))
    assert list(await _found(empty))[5:] == ["doctor-data-age", "doctor-clock"]


@pytest.mark.parametrize("behind", [timedelta(minutes=6), timedelta(days=3), timedelta(days=9000)])
async def test_a_clock_behind_what_was_already_imported_is_wrong(
    installation: Installation, behind: timedelta
) -> None:
    assert (await _found(installation, NOW - behind))["doctor-clock-behind"] is BAD


async def test_a_clock_a_few_minutes_off_is_right_enough(installation: Installation) -> None:
    assert (await _found(installation, NOW - timedelta(minutes=4)))["doctor-clock"] is GOOD


async def test_a_changed_audit_is_told_with_its_row(installation: Installation) -> None:
    tamper(
        store_file(installation.settings),
        "UPDATE audit SET entry = replace(entry, 'ada', 'eve') WHERE seq = 1",
    )
    findings = await installation.doctor.findings(OWN, NOW)
    assert Finding(BAD, "doctor-audit-broken", {"row": 1}) in findings
    assert (await _found(installation))["doctor-audit-broken"] is BAD


async def test_an_audit_full_of_rubbish_is_told_as_broken(installation: Installation) -> None:
    tamper(store_file(installation.settings), "UPDATE audit SET at = 'x', mac = 'é', entry = x'00'")
    assert (await _found(installation))["doctor-audit-broken"] is BAD


@pytest.mark.parametrize("secret", ["", "short", "changeme" * 8])
async def test_a_secret_that_protects_nothing_is_told(
    installation: Installation, secret: str
) -> None:
    settings = replace(installation.settings, secret_key=secret)
    doctor = replace(installation.doctor, settings=settings)
    findings = await doctor.findings(OWN, NOW)
    assert findings[0] == Finding(WATCH, "doctor-secret-missing", {})


@pytest.mark.parametrize("broken", ["facts-000001.duckdb", "current.json"])
async def test_damaged_facts_are_told(sample_home: Settings, broken: str) -> None:
    (facts_folder(sample_home.data_dir, OWN) / broken).write_bytes(b"rust" * 100)
    async with open_installation(sample_home, {}, lambda: NOW) as wired:
        assert (await _found(wired))["doctor-data-broken"] is BAD
        assert await wired.doctor.obstacle(OWN) == "facts"


async def test_rules_that_nobody_read_for_half_a_year_are_told(installation: Installation) -> None:
    checked = min(rule.checked for rule in dated_rules().values())
    moment = datetime.combine(checked, time(12), UTC)
    fresh = await installation.doctor.findings(OWN, moment + timedelta(days=180))
    old = await installation.doctor.findings(OWN, moment + timedelta(days=181))
    assert "doctor-rules-old" not in {finding.sentence for finding in fresh}
    (told,) = [finding for finding in old if finding.sentence == "doctor-rules-old"]
    assert (told.level, told.values["day"]) == (WATCH, checked)


async def test_a_store_that_is_gone_is_told_and_the_rest_still_looked_at(
    installation: Installation,
) -> None:
    file = store_file(installation.settings)
    tamper(file, *(f"DROP TABLE {name}" for name in ("audit", "assignment", "saved_ask")))
    found = await _found(installation)
    assert found["doctor-store-broken"] is BAD
    assert (found["doctor-secret"], found["doctor-data-age"]) == (GOOD, GOOD)


@pytest.mark.parametrize("gone", ["audit", "partner"])
async def test_without_a_store_to_write_to_nothing_can_be_answered(
    installation: Installation, gone: str
) -> None:
    assert await installation.doctor.obstacle(OWN) == ""
    tamper(store_file(installation.settings), f"ALTER TABLE {gone} RENAME TO elsewhere")
    assert await installation.doctor.obstacle(OWN) == "store"


async def test_no_data_yet_stands_in_nobodys_way(empty: Installation) -> None:
    assert await empty.doctor.obstacle(OWN) == ""


async def test_looking_whether_it_can_be_written_leaves_the_audit_as_it_was(
    installation: Installation,
) -> None:
    for _ in range(3):
        await installation.doctor.obstacle(OWN)
    assert (await _found(installation))["doctor-audit"] is GOOD
