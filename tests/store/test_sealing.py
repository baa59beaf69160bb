"""What is sealed opens in its own place with its own key, and nowhere else."""

import pytest

from bot.store.encryption import Sealer, Unsealable
from tests.store.entries import SECRET

PLACE = ("sign_in", "token", "own", "partner")


def test_what_is_sealed_opens_and_shows_nothing_of_itself() -> None:
    sealed = Sealer(SECRET).seal("0.AXoA refresh", *PLACE)
    assert Sealer(SECRET).open(sealed, *PLACE) == "0.AXoA refresh"
    assert "refresh" not in sealed
    assert sealed != Sealer(SECRET).seal("0.AXoA refresh", *PLACE)


@pytest.mark.parametrize(
    "place",
    [
        ("sign_in", "token", "rival", "partner"),
        ("sign_in", "token", "own", "insights"),
        ("sign_in", "told", "own", "partner"),
        ("sign_in", "token", "ownpartner", ""),
    ],
)
def test_it_opens_in_no_other_partners_row_and_no_other_column(place: tuple[str, ...]) -> None:
    sealed = Sealer(SECRET).seal("token", *PLACE)
    with pytest.raises(Unsealable):
        Sealer(SECRET).open(sealed, *place)


def test_it_does_not_open_with_another_secret() -> None:
    sealed = Sealer(SECRET).seal("token", *PLACE)
    other = Sealer(SECRET + "!")
    with pytest.raises(Unsealable):
        other.open(sealed, *PLACE)
    with pytest.raises(Unsealable):
        other.open(other.key_id + sealed[12:], *PLACE)


@pytest.mark.parametrize("spoilt", ["", "no point", "{id}.", "{id}.é", "{id}.AAAA", "{id}.!!!!"])
def test_what_was_meddled_with_is_said_to_be_and_nothing_else(spoilt: str) -> None:
    sealer = Sealer(SECRET)
    with pytest.raises(Unsealable):
        sealer.open(spoilt.replace("{id}", sealer.key_id), *PLACE)
