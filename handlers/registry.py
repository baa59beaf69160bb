"""Every command, in one tuple."""

from handlers.chat.access import Permission
from handlers.chat.command import AnyCommand, Command, NoArgs
from handlers.commands.customers import CustomersArgs, customers
from handlers.commands.digest import DigestArgs, digest_about
from handlers.commands.doctor import doctor
from handlers.commands.grant_analytics import GrantArgs, grant_analytics
from handlers.commands.help import HelpArgs, help_about
from handlers.commands.revoke_analytics import RevokeArgs, revoke_analytics
from handlers.commands.usage import UsageArgs, usage
from handlers.commands.who_has_analytics import WhoArgs, who_has_analytics
from handlers.commands.whoami import whoami


def commands() -> tuple[AnyCommand, ...]:
    """All commands, in the order in which help shows them."""
    return COMMANDS


COMMANDS: tuple[AnyCommand, ...] = (
    Command("usage", UsageArgs, Permission.SEE_SEATS, usage, example="/usage contoso 6 months"),
    Command("customers", CustomersArgs, Permission.SEE_SEATS, customers, example="/customers con"),
    Command(
        "digest",
        DigestArgs,
        Permission.ASK,
        digest_about(commands),
        example="/digest usage every Monday 9:00",
        repeats=False,
    ),
    Command(
        "help",
        HelpArgs,
        Permission.ASK,
        help_about(commands),
        example="/help usage",
        repeats=False,
    ),
    Command("whoami", NoArgs, Permission.ASK, whoami, example="/whoami"),
    Command(
        "grant-analytics",
        GrantArgs,
        Permission.GRANT,
        grant_analytics,
        example="/grant-analytics as viewer",
        repeats=False,
    ),
    Command(
        "revoke-analytics",
        RevokeArgs,
        Permission.REVOKE,
        revoke_analytics,
        example="/revoke-analytics",
        repeats=False,
    ),
    Command(
        "who-has-analytics",
        WhoArgs,
        Permission.SEE_RIGHTS,
        who_has_analytics,
        example="/who-has-analytics",
    ),
    Command("doctor", NoArgs, Permission.OPERATE, doctor, example="/doctor"),
)
