"""States of subscriptions: each source's words, and what none of them says."""

import pytest

from analytics.questions.subscriptions.states import SubscriptionState, state_of, state_words
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Dataset
from analytics.tables.insights_sales import INSIGHTS_SEATS

WORDS = {
    SUBSCRIPTION_INSIGHTS: {
        "active": ["active"],
        "suspended": ["suspended"],
        "ended": ["deprovisioned"],
        "other": ["", "none", "pending", "open", "warned"],
    },
    SUBSCRIPTIONS: {
        "active": ["active"],
        "suspended": ["suspended", "disabled"],
        "ended": ["deleted", "expired"],
        "other": ["none", "pending", "deprovisioned", "warned"],
    },
    INSIGHTS_SEATS: {
        "active": ["active", "ingraceperiod"],
        "suspended": ["disabled"],
        "ended": ["deprovisioned", "closed"],
        "other": ["open", "others", "warned"],
    },
}
"""The table of the specification, written out again."""

CASES = [
    (dataset, state, word)
    for dataset, its in WORDS.items()
    for state, words in its.items()
    for word in words
]


@pytest.mark.parametrize(("dataset", "state", "word"), CASES)
def test_each_word_of_a_source_means_one_state(dataset: Dataset, state: str, word: str) -> None:
    assert state_of(dataset, word) is SubscriptionState(state)


@pytest.mark.parametrize("dataset", WORDS, ids=lambda dataset: dataset.name)
def test_queries_compare_with_the_same_words(dataset: Dataset) -> None:
    for state in SubscriptionState:
        known = [] if state is SubscriptionState.OTHER else WORDS[dataset][state.value]
        assert state_words(dataset, state) == known
    standing = state_words(dataset, SubscriptionState.ACTIVE, SubscriptionState.SUSPENDED)
    assert standing == WORDS[dataset]["active"] + WORDS[dataset]["suspended"]
