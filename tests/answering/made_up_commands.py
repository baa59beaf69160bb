"""Commands that the registry does not have, asked as if it had them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

import pytest

from analytics.tables import DATASETS, Dataset, Secrecy
from analytics.warehouse.facts import Facts
from analytics.warehouse.schema import columns, in_sql
from handlers.chat.access import Permission
from handlers.chat.command import AnyCommand, Command, NoArgs, Request, Shown
from handlers.chat.reply import Audience, Paragraph, Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.registry import BY_NAME


@contextmanager
def known(command: AnyCommand) -> Iterator[None]:
    """Within it the registry has the command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BY_NAME, command.name, command)
        yield


@dataclass(frozen=True)
class Everything:
    """Every cell of every dataset that one reader is given: those of money and persons as they are,
    all rows as a word that changes with them; and all that is known of datasets and customers.
    """

    rows: tuple[tuple[str, int, str], ...]
    secret: tuple[str, ...]
    customers: tuple[str, ...]
    marks: tuple[str, ...]


def everything(facts: Facts) -> Everything:
    """Read what there is to read, as a question does that is interested in all of it."""
    rows = {dataset.name: facts.rows(_every_column(dataset)) for dataset in DATASETS}
    return Everything(
        tuple((name, len(its), _word(its)) for name, its in rows.items()),
        tuple(sorted({cell for each in DATASETS for cell in secret_cells(facts, each)})),
        tuple(f"{each.id} {each.name}" for each in facts.people.customers),
        tuple(map(repr, sorted(facts.marks.items()))),
    )


def secret_cells(facts: Facts, dataset: Dataset) -> set[str]:
    """Every cell of money or persons that is not empty or 0, with its column's name."""
    names = [column.name for column in dataset.columns if column.secrecy is not Secrecy.OPEN]
    cells = facts.rows(_columns_of(dataset, map(in_sql, names))) if names else []
    return {
        f"{dataset.name}.{name}: {cell}"
        for row in cells
        for name, cell in zip(names, row, strict=True)
        if cell
    }


def _every_column(dataset: Dataset) -> str:
    return f"{_columns_of(dataset, columns(dataset))} ORDER BY ALL"


def _columns_of(dataset: Dataset, names: Iterable[str]) -> str:
    return f"SELECT {', '.join(names)} FROM {{{dataset.name}}}"  # noqa: S608 names of our own columns


def _word(rows: object) -> str:
    return sha256(repr(rows).encode()).hexdigest()


async def _ask(_request: Request[NoArgs], services: Services) -> Everything:
    return await services.data.over(EVERYBODY, everything)


def _tell(result: Everything, _say: Say) -> Reply:
    return Reply((Paragraph(repr(result)),), Audience.ROOM)


EVERYTHING: AnyCommand = Command(
    "everything", NoArgs, Permission.SEE_SEATS, _ask, _tell, Shown(99), "/everything"
)
"""A command that tells all it can get."""
