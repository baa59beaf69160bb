"""The page docs/datasets.md: the columns of each dataset's frame."""

from analytics.tables import DATASETS, Dataset, Secrecy
from analytics.tables.columns import Memory
from analytics.tables.frame_columns import FrameColumn, frame_columns

_HEAD = """# Datasets

Written by `seatwise manifest` from the program; do not edit.

What was imported or fetched, as it lies in the facts: one table an endpoint. In a
[notebook](notebooks.md) each is a DataFrame with these columns, cut to what its reader may see.
Columns *for* money or people are missing for a reader who may not see them. `object` columns hold
`Decimal`; days are days in UTC; a cell that the source left empty is `NA`, which is not 0.
"""

_FOR = {Secrecy.MONEY: "money", Secrecy.PERSON: "people", Secrecy.OPEN: ""}


def datasets_page() -> str:
    """Return the page: every dataset with its columns."""
    return "\n".join([_HEAD, *map(_chapter, DATASETS)])


def _chapter(dataset: Dataset) -> str:
    rows = map(_row, frame_columns(dataset))
    head = "| column | type | unit | for | field | meaning |\n| --- | --- | --- | --- | --- | --- |"
    about = f"`{dataset.endpoint}`. {_MEMORY[dataset.memory]}"
    return "\n".join([f"## {dataset.name}\n", f"{about}\n", head, *rows, ""])


_MEMORY = {
    Memory.KEYED: "Rows stay; a newer one takes the place of that with the same key.",
    Memory.SPANS: "What is true now, with the days since and until when it was: a row whose "
    "`until` is empty stands.",
    Memory.REPLACED: "A part that is fetched again takes the place of the same part.",
}


def _row(column: FrameColumn) -> str:
    field = f"`{column.field}`" if column.field else ""
    cells = (f"`{column.name}`", f"`{column.type}`", column.unit, _FOR[column.secrecy], field)
    return "| " + " | ".join([*cells, column.meaning.replace("|", "/")]) + " |"
