"""Every command, in one tuple."""

from collections.abc import Mapping

from handlers.chat.access import Permission
from handlers.chat.command import AnyCommand, Command, NoArgs, as_written
from handlers.commands import (
    customers,
    digest,
    doctor,
    grant_analytics,
    help,
    revoke_analytics,
    usage,
    who_has_analytics,
    whoami,
)

COMMANDS: tuple[AnyCommand, ...] = (
    Command(
        name="usage",
        args=usage.UsageArgs,
        needs=Permission.SEE_SEATS,
        ask=usage.ask,
        tell=usage.tell,
        example="/usage contoso 6 months",
    ),
    Command(
        name="customers",
        args=customers.CustomersArgs,
        needs=Permission.SEE_SEATS,
        ask=customers.ask,
        tell=customers.tell,
        example="/customers con",
    ),
    Command(
        name="digest",
        args=digest.DigestArgs,
        needs=Permission.ASK,
        ask=digest.ask,
        tell=as_written,
        example="/digest usage every Monday 9:00",
        repeats=False,
    ),
    Command(
        name="help",
        args=help.HelpArgs,
        needs=Permission.ASK,
        ask=help.ask,
        tell=as_written,
        example="/help usage",
        repeats=False,
    ),
    Command(
        name="whoami",
        args=NoArgs,
        needs=Permission.ASK,
        ask=whoami.ask,
        tell=as_written,
        example="/whoami",
    ),
    Command(
        name="grant-analytics",
        args=grant_analytics.GrantArgs,
        needs=Permission.GRANT,
        ask=grant_analytics.ask,
        tell=as_written,
        example="/grant-analytics as viewer",
        repeats=False,
    ),
    Command(
        name="revoke-analytics",
        args=revoke_analytics.RevokeArgs,
        needs=Permission.REVOKE,
        ask=revoke_analytics.ask,
        tell=as_written,
        example="/revoke-analytics",
        repeats=False,
    ),
    Command(
        name="who-has-analytics",
        args=who_has_analytics.WhoArgs,
        needs=Permission.SEE_RIGHTS,
        ask=who_has_analytics.ask,
        tell=as_written,
        example="/who-has-analytics",
    ),
    Command(
        name="doctor",
        args=NoArgs,
        needs=Permission.OPERATE,
        ask=doctor.ask,
        tell=doctor.tell,
        example="/doctor",
    ),
)

BY_NAME: Mapping[str, AnyCommand] = {command.name: command for command in COMMANDS}
"""Every command by name, in the order in which help shows them."""
