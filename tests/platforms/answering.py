"""A stand-in that answers the page as the bot would, with replies that are always the same."""

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import count

from analytics.charts.drawing.render import Theme, draw
from analytics.charts.model import ChartModel, Line, LineChart, Tick, Tone
from bot.delivery import Delivered
from bot.page.ports import CompletionEntry, Surroundings
from handlers.chat.asking import Ask, UserRef
from handlers.chat.reply import (
    Choice,
    Choices,
    Figure,
    Figures,
    Paragraph,
    Picture,
    Reply,
    Stamped,
    Table,
    TableColumn,
)

HOSTILE = "<img src=x onerror=alert(1)> \"Bobby\" & 'Sons' </script> \u202egnp.exe"
"""A customer's name as an attacker would choose it."""

FINDING = "In November, 1,004 of 1,250 seats sold to Contoso were in use."


def chart() -> LineChart:
    """Twelve months of sold, assigned and active seats."""
    first, last = date(2025, 12, 1).toordinal(), date(2026, 11, 20).toordinal()
    xs = [first + (last - first) * step / 11 for step in range(12)]
    sold = tuple((x, 1100.0 if step < 6 else 1250.0) for step, x in enumerate(xs))
    assigned = tuple((x, 900.0 + 24 * step) for step, x in enumerate(xs))
    active = tuple((x, 700.0 + 27 * step + 40 * (step % 3)) for step, x in enumerate(xs))
    days = (date(2025, 12, 1), date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1))
    return LineChart(
        title="Contoso: seats sold, assigned and active",
        subtitle="1 Dec 2025 to 20 Nov 2026",
        lines=(
            Line("Sold", Tone.BASE, (sold,), "1,250"),
            Line("Assigned", Tone.OTHER, (assigned,), "1,168"),
            Line("Active", Tone.MAIN, (active,), "1,004"),
        ),
        days=(first, last),
        top=1500,
        x_ticks=tuple(Tick(day.toordinal(), f"{day:%b %Y}") for day in days),
        y_ticks=tuple(Tick(at, f"{at:,}") for at in (0, 500, 1000, 1500)),
        note="Active within 28 days. Seats of all partners.",
        badge="MADE-UP DATA",
    )


def usage() -> Reply:
    """An answer with every part but choices, and a customer whose name is an attack."""
    columns = (
        TableColumn("Workload"),
        TableColumn("Active", numeric=True),
        TableColumn("Entitled", numeric=True),
        TableColumn("Share", numeric=True),
    )
    return Reply(
        (
            Paragraph(FINDING),
            Figures(
                (
                    Figure("Seats sold", "1,250", "150 more than in the half-year before"),
                    Figure("Assigned", "93.4%", "1,168 seats; 82 wait for somebody"),
                    Figure("Active", "80.3%", "1,004 people within 28 days"),
                )
            ),
            Picture(chart(), FINDING),
            Table(
                "By workload, newest figures",
                columns,
                (
                    ("Exchange Online", "1,004", "1,168", "86.0%"),
                    ("Microsoft Teams", "981", "1,168", "84.0%"),
                    ("SharePoint Online", "642", "1,168", "55.0%"),
                    (HOSTILE, "71", "50", "142%"),
                ),
            ),
            Stamped(
                (
                    "Office 365 as of 20 November 2026, Dynamics 365 as of 18 November 2026.",
                    "Active means: used within the 28 days before. Seats of all partners count.",
                ),
                made_up=True,
            ),
        )
    )


def portfolio() -> Reply:
    """Customers to choose from."""
    names = ("Contoso", "Fabrikam", "Tailspin Toys")
    items = tuple(Choice(name, f"/usage {name}") for name in names)
    return Reply((Paragraph("60 customers, 41,280 seats."), Choices("Which one?", items)))


class Answering:
    """Answers Ada and Cleo, refuses Ben; remembers what it was asked, and who may press what."""

    def __init__(self, delay: float = 0.0) -> None:
        self.asked: list[Ask] = []
        self._delay = delay
        self._numbers = count(1)
        self._saved: dict[str, tuple[UserRef, str]] = {}

    async def ask(self, ask: Ask) -> Delivered:
        """The fixed answer to the question."""
        self.asked.append(ask)
        await asyncio.sleep(self._delay)
        reply = self._reply(ask)
        parts = [part for part in reply.parts if isinstance(part, Choices)]
        choices = [choice for part in parts for choice in part.items]
        return Delivered(reply, buttons={choice: self._save(ask, choice) for choice in choices})

    async def press(self, button: str, ask: Ask) -> Delivered:
        """The saved question's answer, to the one who was shown it."""
        owner, text = self._saved.get(button, (None, ""))
        if owner != ask.asker:
            self.asked.append(ask)
            return Delivered(Reply((Paragraph("This button is not yours, or too old."),)))
        return await self.ask(Ask(ask.id, ask.asker, ask.room, text, ask.locale, ask.zone, ask.via))

    async def paint(self, chart: ChartModel, theme: str, *, compact: bool = False) -> bytes | None:
        """The real picture."""
        return await asyncio.to_thread(draw, chart, Theme(theme), compact=compact)

    def _reply(self, ask: Ask) -> Reply:
        if ask.asker.id == "ben":
            return Reply(
                (Paragraph("You don’t have access to /usage. Ask a partner admin for access."),)
            )
        if ask.text.casefold().startswith("/usage contoso"):
            return usage()
        if ask.text.casefold() == "/usage":
            return portfolio()
        return Reply((Paragraph(f"You asked: {ask.text}"),))

    def _save(self, ask: Ask, choice: Choice) -> str:
        button = f"button-{next(self._numbers)}"
        self._saved[button] = (ask.asker, choice.text)
        return button


class Naming:
    """A catalogue that answers with the sentence's own name, so that tests stand on no wording."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, sentence: str, /, **values: object) -> str:
        """`fr page-title` and its values."""
        return " ".join([self._language, sentence, *map(str, values.values())])


def commands(language: str) -> Sequence[CompletionEntry]:
    """Three commands, told in the language asked for."""
    return (
        CompletionEntry(
            "/usage", "/usage [customer] [period]", f"{language} seats and who uses them"
        ),
        CompletionEntry("/help", "/help [command]", f"{language} what can be asked"),
        CompletionEntry("/whoami", "/whoami", f"{language} who you are to the bot"),
    )


def surroundings(answering: Answering) -> Surroundings:
    """What the page needs, in English and French."""
    voices = {language: Naming(language) for language in ("en", "fr")}
    return Surroundings(answering, voices, commands, sample=True)
