"""Every question that can be asked of the facts, and what to ask it with."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from analytics import questions
from analytics.demo.stories import made_up_tenant
from analytics.questions.absences import SeenDays
from analytics.questions.activity.operations import EVERY_RECORD
from analytics.questions.activity.window import ActivityWindow
from analytics.questions.azure.spend import AzureWindow
from analytics.questions.growth.spells import DayCounts, Definition, FirstSync, Spells
from analytics.questions.renewals.decided import DecidedSignatures
from analytics.questions.renewals.span import RenewalSpan, usual_period
from analytics.questions.seat_history import SeatHistory
from analytics.questions.snapshot_days import SnapshotDays
from analytics.questions.stamp import LICENCE_BASIS
from analytics.questions.subscriptions.filters import EVERY_STANDING
from analytics.questions.subscriptions.lines import LineParameters
from analytics.questions.topics import Topic
from analytics.tables import DEPLOYMENT
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.facts import Facts
from tests.conftest import NOW

HIDDEN = Customer(made_up_tenant("Wide World Importers"), "Wide World Importers")
"""A customer whom a limited reader does not see."""

_DAY = NOW.date()
_NEWEST = frozenset({(DEPLOYMENT.name, "o365", _DAY)})
_PRODUCT = "6fd2c87f-b296-42f0-b197-1e91e994b900"

_ONE_A_DAY = DayCounts.of([(_DAY, 1)])

_AHEAD = RenewalSpan(HIDDEN, NOW, usual_period(NOW))

ARGUMENTS: Mapping[str, object] = {
    "customer": HIDDEN,
    "tenants": [HIDDEN.id],
    "said": HIDDEN.name,
    "period": None,
    "topic": None,
    "span": Period(_DAY.replace(month=1), _DAY),
    "where": (SeenDays(DEPLOYMENT.name, "o365", _DAY, _DAY),),
    "service": SeenDays(DEPLOYMENT.name, "o365", _DAY, _DAY),
    "dataset": DEPLOYMENT.name,
    "basis": LICENCE_BASIS,
    "product": _PRODUCT,
    "products": (_PRODUCT,),
    "record": SeatHistory({}, {}),
    "tenant": HIDDEN.id,
    "snapshots": None,
    "stale": (),
    "workload": "exchange",
    "name": "Office 365 E3",
    "used": (),
    "now": _NEWEST,
    "keys": _NEWEST,
    "days": SnapshotDays(_NEWEST, frozenset(), _NEWEST, _NEWEST, usual=False),
    "customers": (HIDDEN,),
    "lines": LineParameters(HIDDEN, _DAY, Period(_DAY.replace(month=1), _DAY)),
    "chosen": EVERY_STANDING,
    "dated": False,
    "offers": (),
    "window": ActivityWindow(HIDDEN, Period(_DAY.replace(month=1), _DAY), EVERY_RECORD),
    "counted": Period(_DAY.replace(month=1), _DAY),
    "month": _DAY.replace(day=1),
    "why": Unknown(Why.NEVER_CAME, DEPLOYMENT.name),
    "present": (),
    "spells": Spells(
        Definition.POWER_BI, FirstSync(_DAY, kept=False), _ONE_A_DAY, _ONE_A_DAY, _ONE_A_DAY
    ),
    "sync": FirstSync(_DAY, kept=False),
    "most": 15,
    "key": "renewal-term/none/none/2026-12-13",
    "term_end": _DAY,
    "subscriptions": ("none",),
    "default": _DAY,
    "definition": Definition.POWER_BI,
    "known": _DAY,
    "left": True,
    "events": (),
    "few": (),
    "groups": (),
    "recent": True,
    "since": _DAY.replace(day=1),
    "asked": NOW,
    "ahead": _AHEAD,
    "decided": DecidedSignatures(_AHEAD, {}, frozenset()),
    "listed": (),
    "first": _DAY.replace(month=1, day=1),
    "last": _DAY,
    "within": AzureWindow(HIDDEN.id, _DAY.replace(day=1), _DAY),
    "everything": SimpleNamespace(customers=(), short=0),
}
"""By the name of a question's parameter."""

_ALWAYS = {"topic": Topic("Office 365 E3", frozenset({_PRODUCT}), None)}
"""Those of questions that do without none."""


def public_questions() -> dict[str, Callable[..., object]]:
    """Every public function of the questions' modules that reads facts, by module and name."""
    found: dict[str, Callable[..., object]] = {}
    within = f"{questions.__name__}."
    for each in pkgutil.walk_packages(questions.__path__, within):
        module = importlib.import_module(each.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            its_own = function.__module__ == module.__name__ and not name.startswith("_")
            if its_own and _reads_facts(function):
                found[f"{each.name.removeprefix(within)}.{name}"] = function
    return found


def _reads_facts(function: Callable[..., object]) -> bool:
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation is Facts


def arguments(function: Callable[..., object]) -> dict[str, Any]:
    """What to ask a question with. KeyError names a parameter that nothing is known for."""
    _, *others = inspect.signature(function).parameters.values()
    asked = [each for each in others if each.default is each.empty]
    given = {each.name: ARGUMENTS[each.name] for each in asked}
    return given | {each.name: _ALWAYS["topic"] for each in asked if each.annotation is Topic}
