"""Every command, in one tuple."""

from collections.abc import Mapping

from analytics.questions.file_tables import has_file_table
from analytics.tables import (
    AUDIT,
    AZURE_CATEGORY_COSTS,
    AZURE_METERS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
    CUSTOMERS,
    LICENCES,
    OFFER_SKUS,
    ROLE_MEMBERS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
)
from handlers.chat.access import Permission
from handlers.chat.command import AnyCommand, Command, NoArgs, Shown, as_written
from handlers.chat.looks import Looks
from handlers.commands import (
    activity,
    adoption,
    azure,
    customers,
    decide,
    decisions,
    digest,
    doctor,
    export,
    grant_analytics,
    growth,
    help,
    ignore,
    import_files,
    licenses,
    list,
    renewals,
    revoke_analytics,
    scope,
    subscriptions,
    unknown,
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
        shown=Shown(
            rank=1, slash=True, starter="teams-start-usage", home="home-customers", greeted=True
        ),
        example="/usage 6 months",
        rests_on=LICENCES,
    ),
    Command(
        name="customers",
        args=customers.CustomersArgs,
        needs=Permission.SEE_SEATS,
        ask=customers.ask,
        tell=customers.tell,
        shown=Shown(rank=2),
        example="/customers",
        rests_on=(*LICENCES, CUSTOMERS, SUBSCRIPTION_INSIGHTS),
    ),
    Command(
        name="digest",
        args=digest.DigestArgs,
        needs=Permission.ASK,
        ask=digest.ask,
        tell=as_written,
        shown=Shown(rank=3, slash=True),
        example="/digest usage every Monday 9:00",
        repeats=False,
    ),
    Command(
        name="help",
        args=help.HelpArgs,
        needs=Permission.ASK,
        ask=help.ask,
        tell=as_written,
        shown=Shown(rank=4, starter="teams-start-help", greeted=True),
        example="/help usage",
        repeats=False,
    ),
    Command(
        name="whoami",
        args=NoArgs,
        needs=Permission.ASK,
        ask=whoami.ask,
        tell=as_written,
        shown=Shown(rank=5, starter="teams-start-me", greeted=True),
        example="/whoami",
    ),
    Command(
        name="grant-analytics",
        args=grant_analytics.GrantArgs,
        needs=Permission.GRANT,
        ask=grant_analytics.ask,
        tell=as_written,
        shown=Shown(rank=6, slash=True),
        example="/grant-analytics as viewer",
        repeats=False,
    ),
    Command(
        name="revoke-analytics",
        args=revoke_analytics.RevokeArgs,
        needs=Permission.REVOKE,
        ask=revoke_analytics.ask,
        tell=as_written,
        shown=Shown(rank=7, slash=True),
        example="/revoke-analytics",
        repeats=False,
    ),
    Command(
        name="who-has-analytics",
        args=who_has_analytics.WhoArgs,
        needs=Permission.SEE_RIGHTS,
        ask=who_has_analytics.ask,
        tell=as_written,
        shown=Shown(rank=8, slash=True),
        example="/who-has-analytics",
        rests_on=(ROLE_MEMBERS,),
    ),
    Command(
        name="ignore",
        args=ignore.IgnoreArgs,
        needs=Permission.SEE_SEATS,
        ask=ignore.ask,
        tell=as_written,
        shown=Shown(rank=11),
        example="/ignore",
        repeats=False,
    ),
    Command(
        *("decisions", decisions.DecisionsArgs, Permission.SEE_SEATS, decisions.ask, as_written),
        *(Shown(rank=35), "/decisions 6 months"),
        repeats=False,
    ),
    Command(
        *("decide", decide.DecideArgs, Permission.SEE_SEATS, decide.ask, as_written),
        *(Shown(rank=36), "/decide"),
        repeats=False,
    ),
    Command(
        name="list",
        args=list.ListArgs,
        needs=Permission.SEE_SEATS,
        ask=list.ask,
        tell=as_written,
        shown=Shown(rank=31),
        example="/list",
        repeats=False,
    ),
    Command(
        name="scope",
        args=scope.ScopeArgs,
        needs=Permission.GRANT,
        ask=scope.ask,
        tell=as_written,
        shown=Shown(rank=32),
        example="/scope",
        repeats=False,
    ),
    Command(
        name="import",
        args=import_files.ImportArgs,
        needs=Permission.IMPORT,
        ask=import_files.ask,
        tell=as_written,
        shown=Shown(rank=33),
        example="/import",
        repeats=False,
    ),
    Command(
        name="export",
        args=export.ExportArgs,
        needs=Permission.SEE_SEATS,
        ask=export.ask,
        tell=as_written,
        shown=Shown(rank=30),
        example="/export usage",
        repeats=False,
    ),
    Command(
        name="doctor",
        args=NoArgs,
        needs=Permission.OPERATE,
        ask=doctor.ask,
        tell=doctor.tell,
        shown=Shown(rank=9),
        example="/doctor",
    ),
    Command(
        name="activity",
        args=activity.ActivityArgs,
        needs=Permission.SEE_SEATS,
        ask=activity.ask,
        tell=activity.tell,
        shown=Shown(rank=10),
        example="/activity 30 days",
        rests_on=(AUDIT,),
    ),
    Command(
        name="adoption",
        args=adoption.AdoptionArgs,
        needs=Permission.SEE_SEATS,
        ask=adoption.ask,
        tell=adoption.tell,
        shown=Shown(rank=21),
        example="/adoption last quarter",
        rests_on=LICENCES,
    ),
    Command(
        name="growth",
        args=growth.GrowthArgs,
        needs=Permission.SEE_SEATS,
        ask=growth.ask,
        tell=growth.tell,
        shown=Shown(rank=22),
        example="/growth last quarter",
        rests_on=(SUBSCRIPTION_INSIGHTS,),
    ),
    Command(
        name="azure",
        args=azure.AzureArgs,
        needs=Permission.SEE_SEATS,
        ask=azure.ask,
        tell=azure.tell,
        shown=Shown(rank=27),
        example="/azure",
        rests_on=(AZURE_SPEND, AZURE_METERS, AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS),
    ),
    Command(
        name="subscriptions",
        args=subscriptions.SubscriptionsArgs,
        needs=Permission.SEE_SEATS,
        ask=subscriptions.ask,
        tell=subscriptions.tell,
        shown=Shown(rank=12),
        example="/subscriptions",
        rests_on=(SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS),
    ),
    Command(
        name="renewals",
        args=renewals.RenewalsArgs,
        needs=Permission.SEE_SEATS,
        ask=renewals.ask,
        tell=renewals.tell,
        shown=Shown(rank=14),
        example="/renewals 90 days",
        rests_on=(SUBSCRIPTIONS, *LICENCES, OFFER_SKUS),
        looks=Looks.AHEAD,
    ),
    Command(
        name="licenses",
        args=licenses.LicensesArgs,
        needs=Permission.SEE_SEATS,
        ask=licenses.ask,
        tell=licenses.tell,
        shown=Shown(rank=13),
        example="/licenses 90 days",
        rests_on=(SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, AUDIT),
    ),
)

UNKNOWN: AnyCommand = Command(
    name="",
    args=unknown.UnknownArgs,
    needs=Permission.ASK,
    ask=unknown.ask,
    tell=as_written,
    shown=Shown(rank=0),
    example="",
    repeats=False,
)
"""What is asked by words that are no command: it has no name, and is offered nowhere."""

RANKED: tuple[AnyCommand, ...] = tuple(sorted(COMMANDS, key=lambda command: command.shown.rank))
"""Every command, the first to be offered first."""

BY_NAME: Mapping[str, AnyCommand] = {
    command.name: command for command in sorted(RANKED, key=lambda each: not each.is_about_figures)
}
"""Every command by name, in the order in which help shows them: first those about figures."""

EXPORTABLE: frozenset[str] = frozenset(
    command.name for command in COMMANDS if any([*map(has_file_table, command.results)])
)
"""Commands whose answers can be had as a file. A result with a stamp and without a table is an
error: then nothing starts.
"""
