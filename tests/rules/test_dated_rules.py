"""Dated rules of Microsoft's: each has its source, and is read again in time."""

import re
import tomllib
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.rules import DatedRule, dated_rule, dated_rules
from tests.rules.source import ROOT, files

RULES = dated_rules()


@pytest.mark.filterwarnings("default::UserWarning")
def test_rules_not_read_for_half_a_year_are_warned_of() -> None:
    today = datetime.now(UTC).date()  # noqa: TID251 the true day
    old = [rule.name for rule in RULES.values() if rule.is_old(today)]
    if old:
        warnings.warn(f"read the sources of these rules again: {', '.join(old)}", stacklevel=1)
    assert all(rule.checked <= today for rule in RULES.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_each_says_who_says_so(rule: DatedRule) -> None:
    assert re.fullmatch(r"[a-z.]+\.[a-z]+/\S+", rule.source)
    assert rule.says.endswith(".")
    assert rule.first is None or rule.last is None or rule.first <= rule.last


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_nothing_of_an_entry_is_lost(rule: DatedRule) -> None:
    entry = tomllib.loads((ROOT / "analytics" / "rules.toml").read_text("utf-8"))[rule.name]
    named = {"says", "source", "checked", *rule.numbers, *rule.dates, *rule.texts}
    named |= {"from"} if rule.first else set()
    named |= {"until"} if rule.last else set()
    assert named == set(entry)


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_is_used(name: str) -> None:
    asked = f'dated_rule("{name}")'
    assert [file for file in files("analytics") if asked in file.read_text("utf-8")]


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    day = date(2026, 5, 4)
    rule = replace(dated_rule("cancellation-window"), first=day, last=day + timedelta(days=9))
    held = [rule.holds(day + timedelta(days=at)) for at in (-1, 0, 9, 10)]
    assert held == [False, True, True, False]
    assert replace(rule, first=None, last=None).holds(date(1999, 1, 1))


def test_a_rule_is_old_after_180_days() -> None:
    rule = dated_rule("cancellation-window")
    aged = [rule.is_old(rule.checked + timedelta(days=days)) for days in (0, 180, 181)]
    assert aged == [False, False, True]
