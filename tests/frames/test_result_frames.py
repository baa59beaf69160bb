"""The frames of a result hold what `ask --json` prints, value by value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analytics.frames import result_frames
from analytics.questions.results import result_json
from analytics.values import Unknown, Why
from bot.wiring import Installation
from handlers.registry import COMMANDS
from tests.answering.asking import asked
from tests.frames.test_dataset_frames import HOSTILE

QUESTIONS = ("/usage contoso", "/usage exchange", *(each.example for each in COMMANDS))


def is_unknown(value: Any) -> bool:
    """Whether JSON has nothing there, or says why it is not known."""
    return value is None or (isinstance(value, dict) and {"unknown", "missing"} <= value.keys())


def rows(value: Any, path: list[str]) -> list[Any]:
    """The objects at a path of lists, one after another."""
    if is_unknown(value):
        return []
    if isinstance(value, list):
        return [found for each in value for found in rows(each, path)]
    return rows(value[path[0]], path[1:]) if path else [value]


def cell(row: Any, path: list[str]) -> object:
    for name in path:
        row = row[name] if not is_unknown(row) else None
    value = row["value"] if isinstance(row, dict) and "value" in row else row
    return value.removesuffix("+00:00") if isinstance(value, str) else value


OWN_UNIT = "what `unit` says"


def unit_of(row: Any, path: list[str]) -> str | None:
    """The unit that JSON gives a figure; None for what is no figure, or no longer one."""
    for name in path:
        row = row.get(name) if isinstance(row, dict) else None
    return row.get("unit") if isinstance(row, dict) and "dataset" in row else None


def as_json(cells: "pd.Series[Any]") -> Iterator[object]:
    for each in cells:
        if isinstance(each, pd.Timestamp):
            yield each.tz_localize(None).isoformat() if each.tz else each.date().isoformat()
        else:
            yield None if each is None or each is pd.NA or each is pd.NaT else each


def compared(result: object) -> int:
    """How many columns were the same as in JSON; fails at the first that is not."""
    found, told, count = result_frames(result), result_json(result), 0
    for table, frame in found.items():
        path = [] if table == "result" else table.split(".")
        for name in frame.columns:
            if name in ("row", "run") or _is_list(frame[name]):
                continue
            expected = [cell(row, name.split(".")) for row in rows(told, path)]
            if any(isinstance(each, Decimal) for each in frame[name]):
                expected = [None if each is None else Decimal(str(each)) for each in expected]
            assert [*as_json(frame[name])] == expected, (table, name)
            units = {unit_of(row, name.split(".")) for row in rows(told, path)} - {None}
            assert frame.attrs["units"].get(name) in (*units, OWN_UNIT) or not units, (table, name)
            count += 1
    return count


def _is_list(cells: "pd.Series[Any]") -> bool:
    return any(isinstance(each, tuple) for each in cells)


async def test_every_commands_frames_are_its_json(installation: Installation) -> None:
    counts = {}
    for question in QUESTIONS:
        answer = await installation.delivery.ask(asked(question))
        if answer.result is not None:
            counts[question] = compared(answer.result)
    assert len(counts) >= 8
    assert counts["/usage contoso"] > 80
    assert counts["/usage 6 months"] > 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A row within a made-up result."""

    name: str
    seats: int | Unknown
    amount: Decimal | None
    day: date


@dataclass(frozen=True, slots=True)
class Pieces:
    """A made-up result."""

    of: tuple[Piece, ...]
    runs: tuple[tuple[Piece, ...], ...] = ()
    best: Piece | Unknown | None = None


NEVER = Unknown(Why.NEVER_CAME, "usage")
DAY = date(9999, 12, 31)


def test_what_is_not_known_is_na_and_says_why() -> None:
    two = Pieces((Piece("a", 3, Decimal("0.10"), DAY), Piece("b", NEVER, None, DAY)))
    frame = result_frames(two)["of"]
    assert [*frame["seats"].isna()] == [False, True]
    assert frame.attrs["unknown"] == {"seats": {"never-came": 1}}
    assert pd.isna(frame["seats"].iloc[1:].sum(min_count=1))
    assert frame["amount"].iloc[0] == Decimal("0.1")
    assert frame["day"].iloc[0] == pd.Timestamp("9999-12-31")


def test_a_value_that_is_not_known_has_columns_that_say_why() -> None:
    frame = result_frames(Pieces((), best=NEVER))["result"]
    assert frame[["best.name", "best.seats"]].isna().all(axis=None)
    assert frame.attrs["unknown"]["best.seats"] == {"never-came": 1}


def test_an_empty_list_has_the_columns_and_types_of_a_full_one() -> None:
    full, none = (result_frames(Pieces(of))["of"] for of in ((Piece("a", 1, None, DAY),), ()))
    pd.testing.assert_series_equal(full.dtypes, none.dtypes)
    assert len(none) == 0


def test_a_list_of_lists_says_which_one_a_row_is_of() -> None:
    a, b, c = (Piece(name, 1, None, DAY) for name in "abc")
    frame = result_frames(Pieces((), ((a, b), (c,))))["runs"]
    assert [*zip(frame["run"], frame["name"], strict=True)] == [(0, "a"), (0, "b"), (1, "c")]


def test_hostile_names_are_texts_in_results_too() -> None:
    frame = result_frames(Pieces(tuple(Piece(name, 1, None, DAY) for name in HOSTILE)))["of"]
    assert [*frame["name"]] == [*HOSTILE]


def test_what_is_no_result_has_no_frames() -> None:
    with pytest.raises(TypeError, match="str is no result"):
        result_frames("seats")
