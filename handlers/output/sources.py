"""What can be had of Partner Center by whom: it depends on how a partner takes part in CSP."""

from analytics.tables import DATASETS, Dataset
from analytics.tables.insights import INSIGHTS
from analytics.values import Program
from handlers.chat.reply import Paragraph, Part, Table, TableColumn
from handlers.chat.services import Say


def sources(program: Program, say: Say) -> tuple[Part, ...]:
    """Whose programme this is and what that means, then every dataset beside every programme."""
    name = say(f"program-{program.value}")
    columns = (say("help-data-dataset"), *(say(f"program-{each.value}") for each in Program))
    rows = tuple(
        (say(f"dataset-{each.name}"), *(_way(each, program, say) for program in Program))
        for each in DATASETS
    )
    table = Table(say("help-data-caption"), tuple(TableColumn(title) for title in columns), rows)
    return Paragraph(say(f"help-data-{program.value}", program=name)), table


def _way(dataset: Dataset, program: Program, say: Say) -> str:
    """How that programme gets it."""
    ways = []
    if program in dataset.programs:
        ways.append(say("help-data-insights" if dataset in INSIGHTS else "help-data-api"))
    if program in dataset.downloads:
        ways.append(say("help-data-import"))
    return say.enumeration(ways) if ways else say("help-data-never")
