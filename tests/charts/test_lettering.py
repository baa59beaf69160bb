"""What stands in a picture: letters that can be read, cut to their room, placed apart."""

from functools import partial
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.charts.drawing.axis_scale import spread, thin, thin_between, thin_from_end
from analytics.charts.drawing.glyphs import Style, fit, readable
from analytics.charts.drawing.ink import lay_ink, rgb
from analytics.charts.drawing.masks import Label, Masks
from analytics.charts.drawing.render import Theme
from analytics.charts.elements import Tone


def luminance(colour: str) -> float:
    shares = [
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in rgb(colour)
    ]
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", Theme)
def test_every_text_stands_out_from_its_ground(theme: Theme) -> None:
    look = theme.palette
    on_paper = ((ink, look.paper) for ink in (look.ink, look.quiet, *look.tones.values()))
    others = [(look.ink, look.track), (look.quiet, look.track), (look.badge_ink, look.badge)]

    for ink, ground in chain(on_paper, others):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("theme", Theme)
def test_every_outline_and_bar_stands_out_from_paper(theme: Theme) -> None:
    look = theme.palette

    assert all(contrast(ink, look.paper) >= 3 for ink in (look.rim, *look.tones.values()))
    assert contrast(look.tones[Tone.MAIN], look.pale) >= 3


def test_a_card_stands_out_from_white_and_is_no_lamp_among_dark_messages() -> None:
    card = Theme.CARD.palette.paper

    assert contrast(card, "#FFFFFF") >= 10
    assert all(contrast(card, chat) <= 1.5 for chat in ("#1A1D21", "#292929"))


def test_long_text_is_cut_with_an_ellipsis_to_its_room() -> None:
    label = fit("Contoso " * 2_000, Style(14), 120)

    assert 90 < label.width <= 120


def test_text_that_just_fits_is_not_cut() -> None:
    text = "Contoso Manufacturing and Logistics Holding (Northern Europe)"
    whole = fit(text, Style(14), 10_000)

    assert fit(text, Style(14), whole.width).width == whole.width
    assert fit(text, Style(14), whole.width - 1).width < whole.width - 1


def test_no_text_is_an_empty_label_and_no_ellipsis() -> None:
    assert fit("", Style(14), 100).width == 0
    assert fit("\n\x00", Style(14), 100).width == 0


def test_text_in_no_room_at_all_is_an_empty_label() -> None:
    assert fit("Contoso", Style(14), 0).width == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Con\ttoso\n\x00 AG", "Con toso AG"),
        ("\u202eContoso\u202c", "Contoso"),
        ("微软 Contoso", "□□ Contoso"),
        ("Contoso\ud800", "Contoso\N{REPLACEMENT CHARACTER}"),
        ("Socie\u0301te\u0301 e\u0316\u0316\u0316\u0316", "Société e\u0316\u0316"),
        ("شركة", "شركة"),
    ],
)
def test_names_become_one_line_of_letters_there_are(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_a_dollar_is_a_dollar_and_no_mathematics() -> None:
    assert readable("$\\frac{$") == "$\\frac{$"


def test_right_to_left_letters_are_joined_and_reversed_not_boxes() -> None:
    joined, apart = fit("حلول", Style(20), 400), fit("ح ل و ل", Style(20), 400)

    assert joined.width < apart.width * 0.8
    assert not np.array_equal(joined.mask[:, ::-1], joined.mask)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, 100), max_size=8))
def test_spreading_keeps_apart_in_bounds_and_in_order(wanted: list[float]) -> None:
    placed = spread(wanted, 12, 0, 100)

    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    ranked = [placed[at] for at in order]
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in placed)
    assert all(b - a >= 12 - 1e-6 for a, b in pairwise(ranked))


def test_crowded_axis_labels_are_thinned_evenly() -> None:
    spans = [(at * 10.0, at * 10.0 + 14.0) for at in range(7)]

    assert thin(spans, 4) == (0, 2, 4, 6)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 40), st.floats(1, 30)), max_size=12))
def test_thinned_labels_keep_their_end_and_their_gap(steps: list[tuple[float, float]]) -> None:
    spans, left = [], 0.0
    for step, width in steps:
        left += step
        spans.append((left, left + width))

    for keep in (thin_from_end, thin_between):
        kept = keep(spans, 4)
        assert all(spans[b][0] - spans[a][1] >= 4 - 1e-9 for a, b in pairwise(kept))
        assert kept[-1:] == ((len(spans) - 1,) if spans else ())


def test_between_two_ends_there_are_as_many_labels_as_have_room() -> None:
    spans = [(0.0, 30.0), (20.0, 40.0), (60.0, 80.0), (100.0, 120.0), (110.0, 150.0)]

    assert thin_between(spans, 4) == (0, 2, 4)


@settings(deadline=None)
@given(st.integers(0, 255), st.integers(0, 255), st.sampled_from(["#14202E", "#FFFFFF", "#C21A63"]))
def test_ink_is_mixed_alike_on_plain_and_on_mixed_ground(share: int, grey: int, ink: str) -> None:
    plain = np.full((2, 2, 4), (grey, grey, 7, 255), np.uint8)
    mixed = plain.copy()
    mixed[1, 1, 2] = 8
    cover = np.full((2, 2), share, np.uint8)

    lay_ink(plain, cover, ink)
    lay_ink(mixed, cover, ink)

    parts = zip((grey, grey, 7), rgb(ink), strict=True)
    meant = [(below * (255 - share) + part * share + 127) // 255 for below, part in parts]
    assert plain[0, 0].tolist() == mixed[0, 0].tolist() == [*meant, 255]


def test_the_labels_kept_never_outgrow_their_room() -> None:
    kept = Masks(most_bytes=100)
    make = partial(Label, 1.0, 1, np.zeros((5, 6), np.uint8), lambda _: make())

    first = kept.get("first", make)
    for name in "abcdef":
        kept.get(name, make)

    assert kept.byte_count == 90
    assert kept.get("f", make) is kept.get("f", make)
    assert kept.get("first", make) is not first
