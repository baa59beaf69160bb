"""Deployment and usage, each never come, refused, partly lost or empty: what is unknown is said to
be, with why, in every form of an answer; it is never 0.
"""

import re
from pathlib import Path

import pytest

from analytics.charts.model import BarChart, LineChart
from handlers.messages.speaker import speaker
from tests.answering.absences import CASES, COMPANY, EMPTY, PARTLY, WHOLE, State, answers

FORMS = ("of one", "of all", "as a digest", "shared")
SEATS, USE = "licence deployment", "licence usage"
SAY = speaker("en")
OF_SEATS = (SAY("figure-sold"), SAY("figure-assigned"))
OF_USE = (SAY("figure-used"),)
NOUGHT = (
    *("none are sold", "no seats sold", SAY("portfolio-none-sold")),
    *(f"{label}  0" for label in (*OF_SEATS, *OF_USE)),
    *("0 of ", "0 seats"),
)
"""Words that say nought of seats or of their use."""

every_world = pytest.mark.parametrize("name", CASES)


def states(name: str) -> tuple[tuple[str, State], ...]:
    case = CASES[name]
    return (SEATS, case.deployment), (USE, case.usage)


@every_world
@pytest.mark.parametrize("form", FORMS)
async def test_each_form_says_what_is_not_known_and_why(
    name: str, form: str, tmp_path: Path
) -> None:
    text = (await answers(name, tmp_path)).texts[form]
    if form == "shared" and CASES[name].deployment is EMPTY:
        assert text == ""  # there are no seats to tell shares of
        return
    for dataset, state in states(name):
        assert (state.note.format(d=dataset) in text) is True, dataset
        assert (state.line.format(d=dataset) in text) is True, dataset
    assert ("Incomplete" in text) is any(state.line for _, state in states(name))
    if CASES[name].deployment.note:
        assert [words for words in NOUGHT if re.search(rf"(?<!\d){re.escape(words)}", text)] == []


@every_world
async def test_that_something_is_missing_is_said_before_the_details(
    name: str, tmp_path: Path
) -> None:
    missing = any(state.line for _, state in states(name))
    line = (await answers(name, tmp_path)).line
    assert (SAY("stamp-short-incomplete") in line) is missing


@every_world
async def test_tiles_are_unknown_with_why_and_never_nought(name: str, tmp_path: Path) -> None:
    tiles = (await answers(name, tmp_path)).tiles
    for dataset, labels in ((SEATS, OF_SEATS), (USE, OF_USE)):
        note = dict(states(name))[dataset].note.format(d=dataset)
        if note:
            assert {label: tiles[label] for label in labels} == dict.fromkeys(
                labels, ("unknown", note)
            )
        elif dict(states(name))[dataset] is WHOLE:
            assert all(tiles[label][0].isdecimal() for label in labels)


@every_world
async def test_a_program_reads_that_a_figure_is_unknown_and_why(name: str, tmp_path: Path) -> None:
    figures = {each["label"]: each for each in (await answers(name, tmp_path)).figures}
    for dataset, labels in (("deployment", OF_SEATS), ("usage", OF_USE)):
        state = dict(states(name))[f"licence {dataset}"]
        if state.note:
            why = "not-whole" if state is PARTLY else "never-came"
            unknown = {"kind": "unknown", "why": why, "dataset": dataset}
            assert [figures[label]["unknown"] for label in labels] == [unknown] * len(labels)
        elif state is WHOLE:
            assert [figures[label]["unknown"] for label in labels] == [None] * len(labels)


@every_world
async def test_a_picture_names_what_is_incomplete_and_draws_nothing_unknown(
    name: str, tmp_path: Path
) -> None:
    picture, usage = (await answers(name, tmp_path)).picture, CASES[name].usage
    if picture is None:
        assert usage is not WHOLE  # there is one snapshot, so that bars of use are all there is
        return
    chart, short = picture.chart, [dataset for dataset, its in states(name) if its.note]
    assert isinstance(chart, BarChart | LineChart)
    assert isinstance(chart, BarChart) is (usage is WHOLE)
    wanted = f"Incomplete: {', '.join(short)} · " if short else "Partner Center"
    assert chart.note.startswith(wanted)


@every_world
async def test_nobody_who_synced_reads_of_imports(name: str, tmp_path: Path) -> None:
    if CASES[name].world.synced:
        found = (await answers(name, tmp_path)).texts
        assert [form for form, text in found.items() if "import" in text] == []


@pytest.mark.parametrize("name", ["deployment refused", "neither ever came", "both empty"])
async def test_want_of_figures_is_not_said_to_be_want_of_rights(name: str, tmp_path: Path) -> None:
    text = (await answers(name, tmp_path)).texts["of all"]
    assert "customer you may see" not in text
    everyone = {COMPANY.name(at) for at in range(6)}
    assert "6 " in text or {name for name in everyone if name in text} == everyone
