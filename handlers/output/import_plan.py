"""What dropped files would change, in words."""

from collections.abc import Iterator, Sequence

from analytics.sources.files.file_summary import FileSummary
from analytics.sources.files.import_plan import EndedRows, ImportPlan, NamedCustomers
from analytics.warehouse.building.build import Published
from handlers.chat.reply import Paragraph, Part, Table, TableColumn
from handlers.chat.services import Say
from handlers.output.import_lines import file_lines, missing_lines
from handlers.output.tables import ROWS

_NOTES = 10
"""Lines about what was read how, and left out."""


def plan_parts(plan: ImportPlan, say: Say) -> list[Part]:
    """Say what was read in the files, and what saving them would change."""
    opening = Paragraph(say("drop-read", n=len(plan.files)))
    lines = [*_notes(plan.files, say), *missing_lines(plan.missing, say), *_changes(plan, say)]
    return [opening, _file_table(plan.files, say), *map(Paragraph, lines)]


def loses_most(plan: ImportPlan) -> bool:
    """Check whether a list of the plan lacks so much that half a download is more likely."""
    return any(each.is_suspicious for each in plan.ended)


def saved_lines(published: Published, say: Say) -> list[str]:
    """Say what was published."""
    brought = published.brought
    return [
        say(
            "import-done",
            generation=published.generation,
            new=brought.new,
            changed=brought.changed,
            same=brought.same,
        ),
        say("drop-deleted"),
    ]


def _file_table(files: Sequence[FileSummary], say: Say) -> Table:
    heads = ("drop-file", "drop-dataset", "drop-days", "drop-rows", "drop-kept")
    columns = tuple(TableColumn(say(head), numeric=head in heads[3:]) for head in heads)
    cut = say("drop-files-cut", shown=ROWS, n=len(files)) if len(files) > ROWS else ""
    return Table(cut or say("drop-files"), columns, tuple(_row(each, say) for each in files[:ROWS]))


def _row(file: FileSummary, say: Say) -> tuple[str, ...]:
    dataset = say(f"dataset-{file.dataset}")
    return (file.file, dataset, _days(file, say), say.number(file.read), say.number(file.kept))


def _days(file: FileSummary, say: Say) -> str:
    """Return the days of a file's rows; a list that names none is of today."""
    if file.days is None:
        return "–"
    first, last = file.days
    return say.day(first) if first == last else say("drop-span", first=first, last=last)


def _notes(files: Sequence[FileSummary], say: Say) -> list[str]:
    """Say of each file how it was read, and what of it was left out."""
    said = [
        say("drop-note", file=each.file, note=line.strip())
        for each in files
        for line in file_lines(each, say)[1:]
    ]
    rest = len(said) - _NOTES
    return said if rest <= 0 else [*said[:_NOTES], say("drop-more-notes", n=rest)]


def _changes(plan: ImportPlan, say: Say) -> Iterator[str]:
    """Say what would be new, changed and gone."""
    brought = plan.brought
    if not brought.anything:
        yield say("import-nothing-new", n=brought.same)
        yield say("drop-deleted")
        return
    yield say("drop-brings", new=brought.new, changed=brought.changed, same=brought.same)
    for each in plan.ended:
        yield from _ended_lines(each, say)
    if plan.first_seen.count:
        names = _names(plan.first_seen, say)
        yield say("drop-first-seen", n=plan.first_seen.count, names=names)
    if plan.erased:
        yield say("erased-left-out", n=plan.erased)


def _ended_lines(ended: EndedRows, say: Say) -> Iterator[str]:
    dataset = say(f"dataset-{ended.dataset}")
    listed = ended.stood - ended.ended
    if ended.is_suspicious:
        yield say("drop-shorter", dataset=dataset, found=listed, limit=ended.stood)
    else:
        yield say("drop-ends", n=ended.ended, dataset=dataset, limit=ended.stood)
    if ended.customers.count:
        names = _names(ended.customers, say)
        yield say("drop-customers-gone", n=ended.customers.count, names=names)


def _names(customers: NamedCustomers, say: Say) -> str:
    rest = customers.count - len(customers.names)
    more = [say("drop-more", n=rest)] if rest > 0 else []
    return say.enumeration([*customers.names, *more])
