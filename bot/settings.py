"""Settings, each declared once: its form, its default and its description."""

from dataclasses import dataclass, fields
from datetime import time
from pathlib import Path

from analytics.values import Program
from bot.setting_forms import (
    ADDRESS,
    ADMINS,
    APP_TOKEN,
    BOT_TOKEN,
    CLOUD,
    DATABASE,
    DOCUMENT,
    FOLDER,
    GUID,
    GUIDS,
    HIDDEN_ADDRESS,
    HIDDEN_TEXT,
    HOUR,
    LEVEL,
    LOG_MONTHS,
    MODE,
    MONTHS,
    PASSPHRASE,
    PLANS,
    PORT,
    PREFIX,
    PROGRAM,
    SEATS,
    SECRET,
    SWITCH,
    TEXT,
    Form,
    ShownValue,
    declare,
)
from handlers.chat.asking import UserRef


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings that an operator can make; each has a name, a form, a default as text, and a
    description. Secrets are left out of their `repr`.
    """

    data_dir: Path = declare(
        FOLDER,
        "data",
        "Folder of the facts, one folder a partner, and of the store unless another is named.",
    )
    database_url: str = declare(
        DATABASE,
        "",
        "Where rights and the audit are kept: `sqlite+aiosqlite:///FILE`, or "
        "`postgresql+psycopg://USER:PASSWORD@HOST/DATABASE`; empty means `seatwise.db` in "
        "the data folder.",
    )
    secret_key: str = declare(
        PASSPHRASE,
        "",
        "Makes the keys of the audit chain: 32 random characters or more, to be kept as "
        "long as the data. `serve`, `grant` and `ask` on real data refuse to work "
        "without.",
    )
    admins: tuple[UserRef, ...] = declare(
        ADMINS,
        "",
        "Partner admins from the start, whom no command removes: "
        "`slack:T…:U…,teams:TENANT:OBJECT-ID`.",
    )
    host: str = declare(
        TEXT,
        "127.0.0.1",
        "Address that `serve` listens on; the demo listens on loopback only.",
    )
    port: int = declare(
        PORT,
        "3978",
        "Port to listen on; 0 takes a free one.",
    )
    log_level: str = declare(
        LEVEL,
        "INFO",
        "`DEBUG`, `INFO`, `WARNING` or `ERROR`.",
    )
    command_prefix: str = declare(
        PREFIX,
        "",
        "Put before every slash command's name, as `csp-` makes `/csp-usage`: names are "
        "shared with other apps. In the manifests too.",
    )
    public_url: str = declare(
        ADDRESS,
        "",
        "Address that Slack and Teams reach this installation at, `https://…`; for the manifests.",
    )
    slack_mode: str = declare(
        MODE,
        "socket",
        "`socket` needs no public address; `http` takes signed requests at `/slack/events`.",
    )
    slack_bot_token: str = declare(
        BOT_TOKEN,
        "",
        "`xoxb-…`. Without it Slack is off.",
    )
    slack_signing_secret: str = declare(
        HIDDEN_TEXT,
        "",
        "Signs Slack's requests; without it Slack is off in `http`.",
    )
    slack_app_token: str = declare(
        APP_TOKEN,
        "",
        "`xapp-…`; without it Slack is off in `socket`.",
    )
    slack_api_url: str = declare(
        ADDRESS,
        "https://slack.com/api/",
        "Slack's Web API; another for tests.",
    )
    teams_app_id: str = declare(
        GUID,
        "",
        "The Azure Bot's app id. Without it Teams is off.",
    )
    teams_app_password: str = declare(
        HIDDEN_TEXT,
        "",
        "The app's client secret; without it Teams is off.",
    )
    teams_tenant_id: str = declare(
        GUID,
        "",
        "The tenant that the bot itself is registered in (single-tenant); empty for an "
        "older multi-tenant registration.",
    )
    teams_allowed_tenants: frozenset[str] = declare(
        GUIDS,
        "",
        "Tenants whose people may speak to the bot, `GUID,GUID`; empty means the bot's "
        "own tenant alone. Without either Teams is off.",
    )
    teams_openid_url: str = declare(
        DOCUMENT,
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "Where the keys of Teams' tokens are described; another for tests or a national "
        "cloud. One on this machine lets service addresses on this machine in too.",
    )
    teams_login_url: str = declare(
        ADDRESS,
        "https://login.microsoftonline.com/",
        "Where the bot gets its own token; another for tests or a national cloud.",
    )
    program: Program = declare(
        PROGRAM,
        "direct",
        "How you take part in the CSP programme: `direct`, `indirect-provider`, or "
        "`indirect-reseller`, to whom Partner Center offers no API.",
    )
    sync_at: time = declare(
        HOUR,
        "05:00",
        "Hour and minute, in UTC, at which `serve` syncs with Partner Center each day.",
    )
    heartbeat_url: str = declare(
        HIDDEN_ADDRESS,
        "",
        "Address that is called (GET) after each sync and each morning's reminders, so that "
        "another service tells you when these stop.",
    )
    azure_plans: int = declare(
        PLANS,
        "500",
        "How many Azure plans a sync asks for their costs by category and subscription, two calls "
        "each; those with the highest spend first, the others have units only. 0 asks for none.",
    )
    ranked_from: int = declare(
        SEATS,
        "10",
        "From how many seats on a customer stands in lists of the smallest and the largest shares: "
        "one of one seat is 100 % and says nothing.",
    )
    keep_months: int = declare(
        LOG_MONTHS,
        "36",
        "How long the activity log, and Azure costs by category and subscription, are kept, in "
        "months; 3 or more, because Partner Center tells of 90 days.",
    )
    keep_persons_months: int = declare(
        MONTHS,
        "12",
        "How long sign-in names stay in the activity log, in months; the records stay.",
    )
    keep_activity_details: bool = declare(
        SWITCH,
        "off",
        "`on` keeps the old and new values of activity records, which may name people; what "
        "questions need of them is kept anyway.",
    )
    search_by_person: bool = declare(
        SWITCH,
        "off",
        "`on` lets `/activity … by NAME` list what one person did, for rights with people's names; "
        "your employees may have to be told, or asked, first.",
    )
    file_drop: bool = declare(
        SWITCH,
        "off",
        "`on` lets partner admins drop downloads of Partner Center into their direct message with "
        "the bot: shown as a plan first, saved by a button. Slack and Teams alone.",
    )
    keep_audit_months: int = declare(
        MONTHS,
        "36",
        "How long the audit is kept, in whole months; what is left can still be checked.",
    )
    partner_center_cloud: str = declare(
        CLOUD,
        "global",
        "`global`, `us-government` or `china`: whose addresses are the defaults of the next two.",
    )
    partner_center_url: str = declare(
        ADDRESS,
        "",
        "Partner Center's API; another than the cloud's for tests.",
    )
    partner_center_login_url: str = declare(
        ADDRESS,
        "",
        "Where its tokens are renewed; another than the cloud's for tests.",
    )
    partner_center_tenant: str = declare(
        GUID,
        "",
        "The partner's own Microsoft Entra tenant. Without it, or the next two, there is no sync.",
    )
    partner_center_client_id: str = declare(
        GUID,
        "",
        "The app that `seatwise connect` signs in with.",
    )
    partner_center_client_secret: str = declare(
        SECRET,
        "",
        "That app's client secret.",
    )
    partner_center_refresh_token: str = declare(
        SECRET,
        "",
        "The first refresh token, where nobody can run `seatwise connect`; later ones "
        "live in the store.",
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as it is declared."""

    name: str
    form: Form
    default: str
    about: str

    @property
    def variable(self) -> str:
        """The setting's name in the environment."""
        return f"SEATWISE_{self.name.upper()}"

    @property
    def file_variable(self) -> str:
        """The variable naming a file that holds the setting instead; empty for settings that are
        not secret.
        """
        secrets = self.form.shown is ShownValue.HIDDEN or self.form is DATABASE
        return f"{self.variable}_FILE" if secrets else ""


def declared_settings() -> tuple[Setting, ...]:
    """Every setting, in the order in which Settings declares them."""
    return tuple(Setting(each.name, **each.metadata) for each in fields(Settings))


def kept_cells(settings: Settings) -> dict[str, str]:
    """Return how long rows and names are kept, and which values, as a build takes it."""
    return {
        "keep_months": str(settings.keep_months),
        "keep_persons_months": str(settings.keep_persons_months),
        "keep_activity_details": "yes" if settings.keep_activity_details else "no",
    }


def database_url(settings: Settings) -> str:
    """The store's address, with its default filled in."""
    return settings.database_url or f"sqlite+aiosqlite:///{settings.data_dir / 'seatwise.db'}"
