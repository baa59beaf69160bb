"""Small conversations that together hold every command, every part and every refusal."""

from dataclasses import dataclass

from tests.transcripts.reading import Turn

CLEO_TOO = "Given Cleo is partner admin too."
DAILY = "ada: /digest usage contoso daily UTC"
CLEO_FOR_A_WHILE = "Given Cleo is partner admin for a while."


@dataclass(frozen=True)
class Case:
    """What is said, in which world; the answer to the last turn is what is compared."""

    name: str
    said: tuple[str, ...]
    """`ada: /usage contoso`, or `ada presses Grant`."""
    given: str = ""
    lang: str = "en"

    def turns(self) -> list[Turn]:
        """As a transcript would have them."""
        return [self._turn(line) for line in self.said]

    def _turn(self, line: str) -> Turn:
        typed, separator = ": ", line.partition(": ")[1]
        who, _, what = line.partition(typed if separator else " presses ")
        return Turn(0, who, self.lang, not separator, what)


CASES = (
    Case("usage", ("ada: /usage contoso",)),
    Case("usage in french", ("ada: /usage contoso",), lang="fr"),
    Case("usage of all", ("ada: /usage",)),
    Case("usage of one pressed", ("ada: /usage fabrikam", "ada presses Fabrikam Bikes")),
    Case("customers", ("ada: /customers",)),
    Case("customers by a part of the name", ("cleo: /customers con",)),
    Case("no customer fits", ("cleo: /customers wide world",)),
    Case("help", ("ben: /help",)),
    Case("help about one", ("ben: /help usage",)),
    Case("whoami", ("cleo: /whoami",)),
    Case("doctor", ("ada: /doctor",)),
    Case("who has analytics", ("ada: /who-has-analytics",)),
    Case("grant to nobody yet", ("ada: /grant-analytics as viewer",)),
    Case("grant without a role", ("ada: /grant-analytics @ben",)),
    Case("grant saved", ("ada: /grant-analytics @ben as viewer", "ada presses Grant")),
    Case("grant cancelled", ("ada: /grant-analytics @ben as viewer", "ada presses Cancel")),
    Case("revoke saved", ("ada: /revoke-analytics @cleo", "ada presses Revoke")),
    Case("digest without any", ("ada: /digest",)),
    Case("digest card", ("ada: /digest usage contoso every Monday 9:00 UTC on change",)),
    Case(
        "digest card in french", ("ada: /digest usage chaque mois le dernier jour UTC",), lang="fr"
    ),
    Case("digest saved", (DAILY, "ada presses Save")),
    Case("digest cancelled", (DAILY, "ada presses Cancel")),
    Case("digest previewed", (DAILY, "ada presses Preview to me now")),
    Case("digest shown", (DAILY, "ada presses Save", "ada presses Show")),
    Case("digests listed", (DAILY, "ada presses Save", "ada: /digest list")),
    Case(
        "digest's history",
        (DAILY, "ada presses Save", "ada presses Run now", "ada presses History"),
    ),
    Case("digest paused", (DAILY, "ada presses Save", "ada presses Pause")),
    Case("digest resumed", (DAILY, "ada presses Save", "ada presses Pause", "ada presses Resume")),
    Case("digest to be deleted", (DAILY, "ada presses Save", "ada: /digest delete 1")),
    Case(
        "digest changed",
        (DAILY, "ada presses Save", "ada: /digest change 1 weekly", "ada presses Save"),
    ),
    Case(
        "digest has changed",
        (
            *(DAILY, "ada presses Save", "ada: /digest delete 1"),
            *("ada: /digest pause 1", "ada presses Delete for good"),
        ),
    ),
    Case(
        "digest taken over",
        (
            *("cleo: /digest usage contoso daily UTC", "cleo presses Save"),
            *("ada: /digest take over 1", "ada presses Take over"),
        ),
    ),
    Case(
        "digest not yours",
        (
            *("cleo: /digest usage contoso daily UTC", "cleo presses Save"),
            "ada: /digest change 1 weekly",
        ),
    ),
    Case(
        "digest of each",
        ("cleo: /digest usage each all daily UTC", "cleo presses Save", "cleo: /digest"),
    ),
    Case("too many digests", ("ada: /digest usage each all daily",)),
    Case("unknown digest", ("ada: /digest show 7",)),
    Case("unreadable when", ("ada: /digest usage contoso",)),
    Case("uneven interval", ("ada: /digest usage every 5 hours",)),
    Case("cron too often", ("ada: /digest usage cron * * * * *",)),
    Case("unknown zone", ("ada: /digest usage daily Europe/Pariss",)),
    Case("not repeatable", ("ada: /digest help daily",)),
    Case("not for each", ("cleo: /digest customers each all daily",)),
    Case("room unpicked", ("ada: /digest usage contoso daily #licences",)),
    Case("no room here", ("ada: /digest ops here",)),
    Case("no such command", ("ada: /usagge contoso",)),
    Case("no command at all", ("ada: what is the weather",)),
    Case("not allowed", ("ben: /usage contoso",)),
    Case("not allowed in french", ("ben: /usage contoso",), lang="fr"),
    Case("no data", ("ada: /usage contoso",), "Given nothing was imported yet."),
    Case("unknown customer", ("ada: /usage nobody at all",)),
    Case("forbidden customer", ("cleo: /usage wide world importers",)),
    Case("several customers", ("ada: /usage fabrikam",)),
    Case("unknown topic", ("ada: /usage contoso skype",)),
    Case(
        "unsure topic",
        ("ada: /usage contoso 0 exchange",),
        "Given figures synced where licence usage is refused.",
    ),
    Case("unreadable period", ("ada: /usage contoso 2026-06..2026-01",)),
    Case("several people", ("ada: /grant-analytics @ben @cleo as viewer",)),
    Case("unknown role", ("ada: /grant-analytics @ben as king",)),
    Case("unreadable end", ("ada: /grant-analytics @ben as viewer until whenever",)),
    Case("past end", ("ada: /grant-analytics @ben as viewer until yesterday",)),
    Case("yourself", ("ada: /grant-analytics @ada as viewer",)),
    Case("scoped admin", ("ada: /grant-analytics @ben as admin for contoso",)),
    Case(
        "admin by settings",
        ("cleo: /revoke-analytics @ada",),
        "Given Ada is partner admin by the settings.",
    ),
    Case(
        "last admin",
        ("cleo: /revoke-analytics @ada", "cleo presses Revoke"),
        CLEO_FOR_A_WHILE,
    ),
    Case(
        "rights changed",
        (
            "ada: /grant-analytics @ben as viewer",
            "cleo: /grant-analytics @ben as executive",
            "cleo presses Grant",
            "ada presses Grant",
        ),
        CLEO_TOO,
    ),
)
