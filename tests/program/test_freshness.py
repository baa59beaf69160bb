"""What the doctor says of the connection to Partner Center."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from analytics.sources.partner_center.page_model import SignIn
from analytics.sources.partner_center.progress import ProgressFile, progress_file
from analytics.tables import DEPLOYMENT
from analytics.values import Program
from analytics.warehouse.building.build import build
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Mark, Reason
from bot.environment import read_settings
from bot.metrics import Metrics
from bot.partner_center_settings import can_sync, cloud, missing_variables
from bot.settings import Settings
from bot.store.signins import SignInState
from bot.sync_health import (
    connection_findings,
    mark_findings,
    observe,
    progress_findings,
)
from handlers.chat.services import Level
from handlers.commands.doctor import report
from handlers.messages.speaker import LOCALES, speaker
from tests.conftest import NOW
from tests.warehouse.rows import META, batches, seats

GUID = "0112a436-b14e-4888-967b-ca4bb2cf1234"
PARTNER = SignIn.PARTNER


def settings(**more: str) -> Settings:
    """Of an installation with a connection."""
    named = {"TENANT": GUID, "CLIENT_ID": GUID, "CLIENT_SECRET": "s"} | more
    return read_settings({f"SEATWISE_PARTNER_CENTER_{name}": text for name, text in named.items()})


def found(its: Settings, *standings: SignInState) -> list[tuple[Level, str]]:
    """Level and sentence of each finding; every one can be said, in every language."""
    findings = connection_findings(its, standings, NOW)
    for locale in LOCALES:
        for each in findings:
            speaker(locale)(each.sentence, **each.values)
    return [(each.level, each.sentence) for each in findings]


def test_without_settings_figures_come_from_files() -> None:
    assert found(read_settings({})) == [(Level.GOOD, "doctor-not-connected")]
    assert not can_sync(read_settings({}))


def test_a_half_set_connection_names_what_is_missing() -> None:
    half = settings(CLIENT_SECRET="")
    assert found(half) == [(Level.BAD, "doctor-connection-half")]
    assert missing_variables(half) == ["SEATWISE_PARTNER_CENTER_CLIENT_SECRET"]
    assert not can_sync(half)


def test_nobody_signed_in_yet() -> None:
    assert found(settings()) == [(Level.WATCH, "doctor-not-signed-in")]


def test_an_indirect_reseller_is_offered_no_api() -> None:
    reseller = replace(settings(), program=Program.INDIRECT_RESELLER)
    assert found(reseller) == [(Level.GOOD, "doctor-by-downloads")]
    assert not can_sync(reseller)


@pytest.mark.parametrize(
    ("days", "refused", "level", "sentence"),
    [
        (0, "", Level.GOOD, "doctor-signed-in-today-insights"),
        (1, "", Level.GOOD, "doctor-signed-in-insights"),
        (59, "", Level.GOOD, "doctor-signed-in-insights"),
        (60, "", Level.WATCH, "doctor-sign-in-idle-insights"),
        (1, "sign-in-refused", Level.BAD, "doctor-sign-in-refused-insights"),
        (70, "mfa-missing", Level.BAD, "doctor-mfa-missing-insights"),
    ],
)
def test_each_sign_in_is_told_by_itself(
    days: int, refused: str, level: Level, sentence: str
) -> None:
    good = SignInState(PARTNER, NOW, "")
    other = SignInState(SignIn.INSIGHTS, NOW - timedelta(days=days), refused)
    assert found(settings(), good, other) == [
        (Level.GOOD, "doctor-signed-in-today-partner"),
        (level, sentence),
    ]


def test_clouds_have_their_own_addresses_and_settings_come_first() -> None:
    china = cloud(settings(CLOUD="china"))
    assert china.api == china.resource == "https://partner.partnercenterapi.microsoftonline.cn"
    assert china.login == "https://login.partner.microsoftonline.cn"
    assert cloud(settings(CLOUD="us-government")).login == "https://login.microsoftonline.us"
    own = cloud(settings(URL="http://127.0.0.1:9/", LOGIN_URL="http://127.0.0.1:8"))
    assert (own.api, own.login) == ("http://127.0.0.1:9", "http://127.0.0.1:8")
    assert own.resource == "https://api.partnercenter.microsoft.com"


class Kept:
    """bot.store.signins.SignInStore, as far as it is observed."""

    async def standings(self) -> tuple[SignInState, ...]:
        return (SignInState(PARTNER, NOW - timedelta(hours=1), ""),)


async def test_prometheus_sees_how_old_everything_is_and_how_far_a_sync(tmp_path: Path) -> None:
    metrics, file = Metrics(), progress_file(tmp_path)
    batch = seats(50)
    made = build(tmp_path, batches(batch), META)
    assert made.generation == 1
    watch = ProgressFile(_made(file), lambda: NOW)
    watch.begin_dataset(DEPLOYMENT, 3)
    await observe(metrics, Kept(), Warehouse(tmp_path), NOW)  # type: ignore[arg-type]  # as far as it is observed
    said = metrics.text().decode()
    assert 'seatwise_sign_in_age_seconds{account="partner"} 3600.0' in said
    assert "seatwise_sync_calls 0.0" in said
    (running,) = progress_findings(tmp_path, NOW)
    assert (running.sentence, running.values["parts"]) == ("doctor-sync-running", 3)
    watch.close()
    assert progress_findings(tmp_path, NOW) == []


def _made(file: Path) -> Path:
    file.parent.mkdir(parents=True)
    return file


def test_alarms_are_for_failures_alone() -> None:
    day, metrics = date(2026, 11, 20), Metrics()
    reasons = {
        "usage": ("sync-why-timeout", day),
        "deployment": ("", day),
        "subscribed_skus": ("sync-why-no-gdap", day),
        "insights_seats": ("sync-why-not-offered", None),
        "insights_customers": ("sync-why-not-offered", day),
        "insights_azure_usage": ("sync-why-insights-not-connected", None),
        "insights_office_usage": ("sync-why-first-report", None),
        "deployment_totals": ("sync-why-not-asked", None),
    }
    metrics.note_datasets([Mark("gone", None, (Reason("sync-why-timeout"),))])
    metrics.note_datasets(
        Mark(name, of, (Reason(why),) if why else ()) for name, (why, of) in reasons.items()
    )
    said = metrics.text().decode()
    complete = dict(re.findall(r'^seatwise_dataset_complete{dataset="(\w+)"} (\S+)$', said, re.M))
    ones, zeros = ("deployment", "subscribed_skus"), ("usage", "insights_customers")
    assert complete == dict.fromkeys(ones, "1.0") | dict.fromkeys(zeros, "0.0")
    synced = re.findall(r'^seatwise_dataset_synced\w+{dataset="(\w+)"} (\S+)$', said, re.M)
    midnight = datetime(2026, 11, 20, tzinfo=UTC).timestamp()
    assert {float(text) for _, text in synced} == {midnight}
    assert {name for name, _ in synced} == {name for name, (_, of) in reasons.items() if of}
    assert 'seatwise_dataset_state{dataset="insights_seats",state="not-offered"} 1.0' in said
    assert '"gone"' not in said


def test_marks_are_findings_but_for_what_is_the_same_every_day() -> None:
    marks = {
        name: Mark(name, None, (Reason(because),) if because else (), mismatch=mismatch)
        for name, because, mismatch in (
            ("usage", "sync-why-timeout", ""),
            ("deployment", "", "stamp-rule"),
            ("customer_list", "", ""),
            ("activity", "sync-why-not-for-program", ""),
        )
    }
    found = mark_findings(SimpleNamespace(marks=marks), date(2026, 11, 20))  # type: ignore[arg-type]  # its marks alone are read
    assert [(each.level, [mark.dataset for mark in each.marks]) for each in found] == [
        (Level.BAD, ["deployment"]),
        (Level.LASTING, ["activity"]),
        (Level.WATCH, ["usage"]),
    ]
    assert "Partner Center did not answer in time" in report(tuple(found), speaker("en"))[3]


@pytest.mark.parametrize(
    ("day", "level"), [(20, Level.LASTING), (23, Level.LASTING), (24, Level.WATCH)]
)
def test_a_list_that_waits_for_a_second_sync_is_no_fault_for_three_days(
    day: int, level: Level
) -> None:
    kept = Reason("sync-why-kept", {"day": "2026-11-20", "listed": "2", "standing": "3"})
    behind = Reason("sync-why-customers", {**kept.values, "why": kept.sentence})
    marks = {
        name: Mark(name, date(2026, 11, 20), (reason,))
        for name, reason in (("customer_list", kept), ("subscriptions", behind))
    }
    found = mark_findings(SimpleNamespace(marks=marks), date(2026, 11, day))  # type: ignore[arg-type]  # its marks alone are read
    assert [each.level for each in found] == [level, level]
    assert {mark.state for mark in marks.values()} == {FetchState.KEPT}
    metrics = Metrics()
    metrics.note_datasets(marks.values())
    assert 'state="kept"} 1.0' in metrics.text().decode()
    assert "seatwise_dataset_complete{" not in metrics.text().decode()
