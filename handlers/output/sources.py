"""Data that Partner Center gives to a partner; it depends on how the partner takes part in CSP."""

from analytics.tables import AZURE_CATEGORY_COSTS, DATASETS, INSIGHTS, Dataset
from analytics.values import Program
from handlers.chat.reply import Paragraph, Part, Table, TableColumn
from handlers.chat.services import Health, Say


def sources(health: Health, say: Say) -> tuple[Part, ...]:
    """Say the partner's programme and its consequences; then a table of every dataset in every
    programme, and what is fetched up to a number only.
    """
    program = health.program
    name = say(f"program-{program.value}")
    columns = (say("help-data-dataset"), *(say(f"program-{each.value}") for each in Program))
    rows = tuple(
        (say(f"dataset-{each.name}"), *(_way(each, program, say) for program in Program))
        for each in DATASETS
    )
    table = Table(say("help-data-caption"), tuple(TableColumn(title) for title in columns), rows)
    opening = Paragraph(say(f"help-data-{program.value}", program=name))
    notes = [say("help-data-unseen-note")]
    if program in AZURE_CATEGORY_COSTS.programs:
        notes.append(say("help-data-plans", n=health.azure_plans))
    return opening, table, *map(Paragraph, notes)


def _way(dataset: Dataset, program: Program, say: Say) -> str:
    """Say the ways in which a partner of that programme gets the dataset."""
    ways = []
    if program in dataset.programs:
        way = say("help-data-insights" if dataset in INSIGHTS else "help-data-api")
        ways.append(way if dataset.seen_live else say("help-data-unseen", way=way))
    if program in dataset.downloads:
        ways.append(say("help-data-import"))
    return say.enumeration(ways) if ways else say("help-data-never")
