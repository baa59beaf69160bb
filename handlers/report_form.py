"""The form behind *this looks wrong*: it asks what was expected, and keeps it with the question,
the stamp of its answer and the generation of figures that it was made from.
"""

from collections.abc import Iterator, Sequence

from handlers.backend import Backend
from handlers.chat.asking import Ask, View
from handlers.chat.reply import Choice, Details, Paragraph, Part, Reply, Stamped, TextInput
from handlers.chat.reports import Report
from handlers.draft import Draft
from handlers.input.command_line import read_command
from handlers.registry import BY_NAME


async def report_reply(ask: Ask, draft: Draft, backend: Backend) -> Reply:
    """Ask for the reporter's words, or keep those that came. The question was asked as the
    reporter, so nothing is kept that they may not see. Raises TooManyReports.
    """
    say = backend.speaker(ask.locale, ask.zone)
    if not ask.said.strip():
        send = Choice(say("report-send"), ask.text, view=View.REPORT)
        said = say("report-about", question=draft.content.named_question(ask.text))
        return Reply((Paragraph(said), TextInput(say("report-prompt"), send)))
    number = await backend.reports.save(_report(ask, draft, backend))
    kept = Paragraph(say("report-kept", number=str(number)))
    return Reply((kept,), saved="not-audited-saved")


def _report(ask: Ask, draft: Draft, backend: Backend) -> Report:
    typed = read_command(ask.text, BY_NAME)
    return Report(
        reporter=ask.asker,
        partner=ask.room.partner,
        room=ask.room.address,
        question=ask.text,
        command=typed.command if typed else "",
        customers=tuple(sorted(draft.content.customers)),
        stamp=tuple(_small_print(draft.reply.parts)),
        generation=draft.generation,
        said=ask.said.strip(),
        at=backend.now(),
    )


def _small_print(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the sentences of the stamp, those behind the answer included."""
    for part in parts:
        if isinstance(part, Stamped):
            yield from part.sentences
        elif isinstance(part, Details):
            yield from _small_print(part.parts)
