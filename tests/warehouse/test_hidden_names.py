"""A reader of some names finds what they would find if there were no others."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.warehouse.name_index.names import Hits, How, NameIndex

WORDS = (
    *("contoso", "contosa", "north", "northwind", "wide", "world"),
    *("wi", "of", "bikes", "a", "ab"),
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def _alone(names: list[str], visible: list[bool], query: str) -> Hits:
    """What an index of the visible names alone finds, by their positions among all."""
    places = [at for at, seen in enumerate(visible) if seen]
    found = NameIndex([names[at] for at in places]).find(query)
    return Hits(found.how, tuple(places[at] for at in found.positions), found.more)


def _among(names: list[str], visible: list[bool], query: str) -> Hits:
    return NameIndex(names).find(query, np.array(visible, np.bool_))


@given(st.data())
def test_hidden_names_change_nothing(data: st.DataObject) -> None:
    names = data.draw(st.lists(NAMES, min_size=1, max_size=12))
    visible = data.draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    query = data.draw(st.one_of(NAMES, st.text("contswridable", min_size=1, max_size=12)))
    assert _among(names, visible, query) == _alone(names, visible, query)


@pytest.mark.parametrize("query", ["contoso", "contso", "north w", "ni", "wide wrld", "indust"])
def test_among_many_names_too(query: str) -> None:
    random = Random(3)  # noqa: S311 no secrets
    words = [*WORDS, "industries", "importers", "traders", "contosos", "contos"]
    names = [" ".join(random.sample(words, random.randint(1, 4))) for _ in range(3000)]
    visible = [random.random() < 0.1 for _ in names]
    found = _among(names, visible, query)
    assert found == _alone(names, visible, query)
    assert found.how is not How.NOTHING


def test_more_than_sixty_four_nearly_alike_hide_nobody() -> None:
    names = [f"contos{letter}{n:02}" for n in range(40) for letter in "abcde"]
    visible = [at % 7 == 0 for at in range(len(names))]
    assert _among(names, visible, "contosx01") == _alone(names, visible, "contosx01")


def test_of_no_names_nothing_is_found() -> None:
    assert _among(["Contoso"], [False], "contoso") == Hits(How.NOTHING)
