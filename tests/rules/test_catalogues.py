"""The catalogues: the same sentences in every language, each of them used, none missing."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter
from typing import get_args

import pytest

from analytics import questions
from analytics.questions.activity.operations import OPERATIONS, ActivityKind, ActivityOutcome
from analytics.questions.course import Counted
from analytics.questions.file_tables import STATUS_WORDS
from analytics.questions.growth.spells import Definition
from analytics.questions.licenses import Direction
from analytics.questions.licenses.rows import KnownBy
from analytics.questions.renewals import cases as ends
from analytics.questions.seat_steps import StepKind
from analytics.questions.stamp import LICENCE_BASIS, Basis
from analytics.questions.subscriptions.filters import SubscriptionEvent, SubscriptionTrait
from analytics.questions.subscriptions.rows import TERM_WORDS
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.skus import Unit
from analytics.sources.files.written_days import ORDERS
from analytics.sources.partner_center.page_model import SignIn
from analytics.tables import DATASETS, LICENCES, Dataset
from analytics.values import Program, Secrecy, Why
from bot.file_drop.drop import READINGS
from bot.settings import declared_settings
from handlers.chat.access import Role
from handlers.chat.accounts import AccountKind
from handlers.chat.asking import View
from handlers.chat.decisions import DecisionKind
from handlers.chat.digests import RunState
from handlers.messages.speaker import LOCALES
from handlers.registry import COMMANDS
from tests.rules.messages import ids, sentences
from tests.rules.source import ROOT, calls, texts

PAGE = ROOT / "bot" / "page"
SAYING = {"say", "words", "turn_away", "Finding", "BadFile", "refuse", "Exclusion", "ExclusionPart"}
REFUSED = (
    *("room-gone", "room-archived", "not-in-room", "uninstalled", "blocked", "post-refused"),
)
"""Why a platform refuses a digest's message for good."""

NO_MEMBERS = tuple(kind.value for kind in AccountKind if kind is not AccountKind.MEMBER)

STOPPED = {f"owner-{kind}" for kind in NO_MEMBERS} | {
    *("right-lost", "room-audience", "question-refused", "no-runs-left", "group-gone"),
}
"""Why a digest stops otherwise."""

RUNS = (
    *("late", "paused", "unchanged", "skipped-by-choice", "no-data", "broken", "too-slow"),
    *("not-audited", "gave-up", "unseen", "owner-unconfirmed", "room-unconfirmed", "group-empty"),
    *("group-many", "each-some", "nothing-due"),
)
"""Why a single run is not sent."""

SIGNED_IN = ("signed-in", "signed-in-today")
TROUBLES = ("sign-in-idle", "sign-in-refused", "mfa-missing")

BASES = sorted(
    {
        basis
        for module in walk_packages(questions.__path__, f"{questions.__name__}.")
        for basis in vars(import_module(module.name)).values()
        if isinstance(basis, Basis)
    },
    key=lambda basis: basis.source,
)
"""Every declaration of what a question rests on, found in the modules of questions."""


def _dated_apart(basis: Basis) -> tuple[Dataset, ...]:
    """Datasets of an answer that may be of different days."""
    return basis.datasets if len(basis.datasets) > 1 else ()


COMPOSED = {
    *(f"{c.words}-{part}" for c in COMMANDS for part in ("usage", "summary", "details")),
    *(f"dataset-{dataset.name}" for dataset in DATASETS),
    *(setting.form.wanted for setting in declared_settings()),
    *(f"sign-in-{which.value}" for which in SignIn),
    *(f"{prefix}-{each.value}" for prefix in ("program", "help-data") for each in Program),
    *(f"sync-tell-{why}" for why in TROUBLES),
    *(f"unknown-{why.value}" for why in Why),
    *(f"usage-{how}-off-list" for how in ("never", "left")),
    *(
        f"doctor-{why}-{of.value}"
        for why in ("signed-in", "signed-in-today", *TROUBLES)
        for of in SignIn
    ),
    *(f"{of}-{role.value}" for role in Role for of in ("role", "role-choice")),
    *(f"portfolio-idle-{kind}" for kind in ("tied", "mostly", "largest", "all")),
    *(
        f"{words}-{ending}"
        for words in ("usage", "portfolio")
        for ending in ("seats-unknown", "none-sold", "finding", "use-unknown", "units")
    ),
    *(f"ignore-{kind}" for kind in ("no-product", "workload", "no-reason")),
    *(f"ignore-{kind}" for kind in ("long-reason", "bad-end", "past-end")),
    *(f"{of}-{kind.value}" for kind in DecisionKind for of in ("decide", "button-decide")),
    *(f"decision-{kind.value}" for kind in DecisionKind),
    *(f"button-remind-{kind}" for kind in ("me", "here", "off", "due")),
    *(f"decision-{each}" for each in ("made-by", "undone-by", "changed", "bad-day", "past-day")),
    *(f"decision-{each}" for each in ("late-day", "long-why", "no-why", "unread")),
    *(f"group-{kind}" for kind in ("beside-customer", "twice", "unnamed", "is-list")),
    *(f"group-name-{kind}" for kind in ("signs", "long", "word", "taken", "customer")),
    *(f"group-order-{kind}" for kind in ("customers", "order", "not-in")),
    *(f"{kind}-line{state}" for kind in ("scope", "list") for state in ("", "-empty")),
    *(f"unit-{unit.value}" for unit in Unit if unit not in (Unit.PEOPLE, Unit.UNKNOWN)),
    *(f"safe-{whose}-{what}" for whose in ("customer", "all") for what in ("unknown", "assigned")),
    *("table-products-cut", "table-workloads-cut", "table-customers-cut", "table-shares-cut"),
    *(f"table-{which}-{of}" for which in ("least", "most", "over") for of in ("used", "assigned")),
    *(f"table-over-{of}-cut" for of in ("used", "assigned")),
    *(
        f"{what}-by-{definition.value}"
        for what in ("growth", "follow")
        for definition in Definition
    ),
    "growth-table-products-cut",
    *("azure-cost-all", "azure-cost-so-far-all"),
    *(
        f"azure-table-{name}-cut"
        for name in (
            *("over", "customers", "months", "days", "categories", "subscriptions"),
            *("meters", "unusual", "consumed"),
        )
    ),
    *(f"status-{status}" for status in STATUS_WORDS),
    *(f"export-{form.value}" for form in View if form.is_file),
    *(f"export-as-{form.value}" for form in View if form.is_file),
    *(f"licenses-word-{each.value}" for each in Direction),
    *(
        f"renewal-{sure.value}-{end.value}"
        for sure in ends.Certainty
        for end in ends.RenewalOutcome
    ),
    *(f"renewal-doubt-{each.value}" for each in ends.RenewalDoubt),
    *(f"renewal-remedy-{each.value}" for each in ends.Remedy if each is not ends.Remedy.CUT_AFTER),
    *(f"renewal-case-{each.value}" for each in ends.RenewalCase),
    *(f"renewals-apart-{each.value}" for each in ends.SetApartReason),
    *(f"renewal-for-{term}" for term in TERM_WORDS),
    "short-activity",  # beside the lists of subscriptions, where it came
    *(f"seat-step-{each.value}" for each in StepKind),
    *(f"seat-known-{each.value}" for each in KnownBy),
    *(f"short-{dataset.name}" for basis in BASES for dataset in _dated_apart(basis)),
    *(f"{part}-{basis.source}" for part in ("source", "whose", "short-source") for basis in BASES),
    *(f"left-out-{kind.value}" for kind in (Secrecy.MONEY, Secrecy.PERSON)),
    *(f"sees-{role.value}" for role in Role),
    *(f"sees-{role.value}-people" for role in (Role.VIEWER, Role.EXECUTIVE)),
    *(f"{who}-{kind}" for who in ("person", "asker", "holder") for kind in NO_MEMBERS),
    *(f"{what}-unconfirmed" for what in ("asker", "grant", "digest", "person")),
    *(f"serve-slack-{mode}" for mode in ("http", "socket")),
    *(
        f"left-out-{reason}"
        for reason in (
            "blank",
            "note",
            "total",
            "duplicate",
            "repeated",
            "no-licence",
        )
    ),
    *(f"import-{how}-{what}" for how in ("two", "mixed", "other") for what in ("numbers", "days")),
    *(f"drop-as-{word}" for words in READINGS.values() for word in words),
    *(f"import-kept-{what}" for what in ("flagged", "negative", "differing")),
    *(f"import-days-{order}" for order in ORDERS),
    *(f"left-out-{reason}-in-files" for reason in ("repeated", "replaced")),
    *(f"digest-why-{reason}" for reason in (*REFUSED, *STOPPED)),
    *(f"run-why-{reason}" for reason in (*REFUSED, *STOPPED, *RUNS)),
    *(f"history-{state.value}" for state in RunState),
    *(
        f"subscription-word-{each.value}"
        for kind in (SubscriptionState, SubscriptionEvent, SubscriptionTrait)
        for each in kind
    ),
    "table-subscription-products-cut",
    *(f"activity-{operation.replace('_', '-')}" for operation in OPERATIONS),
    *(f"activity-word-{each.value}" for kind in (ActivityKind, ActivityOutcome) for each in kind),
    *("table-activity-failures-cut", "table-activity-records-cut"),
    *(f"chart-activity-{unit}" for unit in ("days", "weeks", "months")),
    *(f"history-{column}" for column in ("run", "due", "became")),
    *(f"digest-column-{name}" for name in ("number", "question", "when", "next", "where")),
    *(f"chart-part-{dataset.name}" for dataset in LICENCES),
    *(f"chart-{counted}" for counted in get_args(Counted)),
    *(f"ordinal-{name}" for name in ("first", "st", "nd", "rd", "th")),
    *(f"when-nth-{place}" for place in ("1", "2", "3", "4", "last")),
    *("by-operator", "by-settings", "table-workloads-cut", "table-products-cut"),
}
"""Ids put together from parts."""


ALIKE = {
    "command-import-usage",
    *("command-whoami-usage", "command-doctor-usage", "usage-topic", "alt-row", "alt-empty"),
    *("chart-day-of", "stamp-one-day", "digest-column-question", "activity-ordered"),
    *("button-pause", "dataset-insights_learn", "help-data-api"),
    *("azure-column-budget", "chart-azure-budget"),
    *("export-question", "column-moment", "help-data-never", "page-theme-auto", "page-talk"),
}
"""What French writes as English does."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def on_page() -> set[str]:
    found = [re.findall(r"page-[a-z-]+", file.read_text("utf-8")) for file in _page_files()]
    return {name for names in found for name in names}


def _page_files() -> list[Path]:
    return [*PAGE.glob("*.html"), *PAGE.glob("*.js")]


def test_what_questions_rest_on_is_found() -> None:
    assert LICENCE_BASIS in BASES


def test_there_are_english_and_french() -> None:
    assert LOCALES == ("en", "fr")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_sentences(locale: str) -> None:
    assert ids(locale) == ids("en")


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_empty_or_reads_like_its_id(locale: str) -> None:
    bad = {
        name for name, forms in sentences(locale).items() for form in forms if form in ("", name)
    }
    assert bad == set()


def test_a_sentence_has_the_same_places_in_every_language_and_number() -> None:
    english, french = sentences("en"), sentences("fr")
    for name, forms in english.items():
        wanted = places(forms[-1])
        for form in (*forms, *french[name]):
            assert places(form) | {"n"} == wanted | {"n"}, name


def test_what_counts_has_a_singular_and_a_plural() -> None:
    assert [
        name
        for name, forms in sentences("en").items()
        if "n" in places(forms[-1]) and len(forms) < 2
    ] == []


def test_every_sentence_is_used() -> None:
    assert ids("en") - texts() - COMPOSED - on_page() == set()


def test_every_sentence_that_is_said_exists() -> None:
    said = {
        argument.value
        for _, name, call in calls()
        if name in SAYING
        for argument in call.args
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", argument.value)
    }
    assert len(said) > 80
    assert said - ids("en") == set()
    assert COMPOSED - ids("en") == set()


def test_no_other_sentence_is_the_same_in_french_as_in_english() -> None:
    english, french = sentences("en"), sentences("fr")
    assert {name for name in english if {*english[name]} & {*french[name]}} == ALIKE


def test_french_has_its_no_break_spaces() -> None:
    bare = [
        form
        for forms in sentences("fr").values()
        for form in forms
        if re.search(r" [:;?!»%]|« ", form)
    ]
    assert bare == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_names_a_customer_of_the_made_up_partner(locale: str) -> None:
    texts = {name: " ".join(forms) for name, forms in sentences(locale).items()}
    texts |= {command.words: command.example for command in COMMANDS}
    made_up = re.compile("contoso|fabrikam|wide world", re.IGNORECASE)
    assert [name for name, text in texts.items() if made_up.search(text)] == []
