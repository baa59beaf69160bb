"""The environment, read once: everything wrong with it is named together, each with its remedy."""

import secrets
from datetime import time
from pathlib import Path

import pytest

from analytics.values import Program
from bot.cli import fault_text
from bot.environment import Unsafe, check_secret, read_settings
from bot.settings import Setting, Settings, database_url, declared_settings
from handlers.chat.asking import UserRef
from handlers.messages.speaker import LOCALES, speaker

GOOD = "binZ_fHLeXnBlPGle74PMXZA1wZmwmgt6D05iPEJCndSdMMiDtxnx1_wPTXAZg3-"
APP = "5f0b3c8e-0000-4000-8000-00000000abcd"
HOME = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def _faults(environment: dict[str, str]) -> list[tuple[str, object]]:
    with pytest.raises(Unsafe) as unsafe:
        read_settings(environment)
    return [
        (sentence.removesuffix("-length"), values["name"])
        for sentence, values in unsafe.value.faults
    ]


def _secret(key: str) -> Settings:
    return read_settings({"SEATWISE_SECRET_KEY": key})


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings(
        *(Path("data"), "", "", (), "127.0.0.1", 3978, "INFO", "", ""),
        *("socket", "", "", "", "https://slack.com/api/"),
        *("", "", "", frozenset()),
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.com/",
        *(Program.DIRECT, time(5), "", 500, 10, 36, 12, False, False, False, 36),
        *("global", "", "", "", "", "", ""),
    )


def test_everything_can_be_set() -> None:
    environment = {
        "SEATWISE_DATA_DIR": "/srv/seats",
        "SEATWISE_DATABASE_URL": "sqlite+aiosqlite:////srv/people.db",
        "SEATWISE_SECRET_KEY": f" {GOOD}\n",
        "SEATWISE_ADMINS": "slack:T1:U1, teams:tenant:object,",
        "SEATWISE_HOST": "0.0.0.0",  # noqa: S104 read, not listened on
        "SEATWISE_PORT": "0",
        "SEATWISE_LOG_LEVEL": "warning",
        "SEATWISE_COMMAND_PREFIX": "csp-",
        "SEATWISE_PUBLIC_URL": "https://bot.example.com",
        "SEATWISE_SLACK_MODE": "http",
        "SEATWISE_SLACK_BOT_TOKEN": "xoxb-1",
        "SEATWISE_SLACK_SIGNING_SECRET": "s",
        "SEATWISE_SLACK_APP_TOKEN": "xapp-1",
        "SEATWISE_SLACK_API_URL": "http://127.0.0.1:1/api",
        "SEATWISE_TEAMS_APP_ID": APP.upper(),
        "SEATWISE_TEAMS_APP_PASSWORD": "p",
        "SEATWISE_TEAMS_TENANT_ID": HOME,
        "SEATWISE_TEAMS_ALLOWED_TENANTS": f"{HOME}, {APP.upper()},",
        "SEATWISE_TEAMS_OPENID_URL": "http://127.0.0.1:1/openid",
        "SEATWISE_TEAMS_LOGIN_URL": "http://127.0.0.1:1",
        "SEATWISE_PROGRAM": "indirect-provider",
        "SEATWISE_SYNC_AT": "23:30",
        "SEATWISE_HEARTBEAT_URL": "https://hc.example/1",
        "SEATWISE_AZURE_PLANS": "20",
        "SEATWISE_RANKED_FROM": "5",
        "SEATWISE_KEEP_MONTHS": "12",
        "SEATWISE_KEEP_PERSONS_MONTHS": "6",
        "SEATWISE_KEEP_ACTIVITY_DETAILS": "ON",
        "SEATWISE_SEARCH_BY_PERSON": "on",
        "SEATWISE_FILE_DROP": "on",
        "SEATWISE_KEEP_AUDIT_MONTHS": "24",
        "SEATWISE_PARTNER_CENTER_CLOUD": "china",
        "SEATWISE_PARTNER_CENTER_URL": "http://127.0.0.1:2",
        "SEATWISE_PARTNER_CENTER_LOGIN_URL": "http://127.0.0.1:3",
        "SEATWISE_PARTNER_CENTER_TENANT": HOME,
        "SEATWISE_PARTNER_CENTER_CLIENT_ID": APP,
        "SEATWISE_PARTNER_CENTER_CLIENT_SECRET": "c",
        "SEATWISE_PARTNER_CENTER_REFRESH_TOKEN": "r",
        "PATH": "/usr/bin",
    }
    assert read_settings(environment) == Settings(
        Path("/srv/seats"),
        "sqlite+aiosqlite:////srv/people.db",
        GOOD,
        (UserRef("slack", "T1", "U1"), UserRef("teams", "tenant", "object")),
        "0.0.0.0",  # noqa: S104 as above
        0,
        "WARNING",
        *("csp-", "https://bot.example.com/"),
        *("http", "xoxb-1", "s", "xapp-1", "http://127.0.0.1:1/api/"),
        *(APP, "p", HOME, frozenset({HOME, APP})),
        *("http://127.0.0.1:1/openid", "http://127.0.0.1:1/"),
        *(Program.INDIRECT_PROVIDER, time(23, 30), "https://hc.example/1", 20, 5, 12, 6),
        *(True, True, True, 24),
        *("china", "http://127.0.0.1:2/", "http://127.0.0.1:3/", HOME, APP, "c", "r"),
    )


def test_secrets_are_not_shown_with_the_settings() -> None:
    names = ("SECRET_KEY", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN")
    names += ("TEAMS_APP_PASSWORD", "PARTNER_CENTER_CLIENT_SECRET", "PARTNER_CENTER_REFRESH_TOKEN")
    prefixes = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}
    secrets = {f"SEATWISE_{name}": f"{prefixes.get(name, '')}hidden-away" for name in names}
    shown = repr(read_settings(secrets))
    assert "hidden-away" not in shown


def test_what_is_set_to_nothing_is_not_set() -> None:
    assert read_settings({each.variable: " " for each in declared_settings()}) == read_settings({})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SEATWISE_COMMAND_PREFIX", "Ça"),
        ("SEATWISE_PUBLIC_URL", "http://bot.example.com"),
        ("SEATWISE_SLACK_API_URL", "ftp://127.0.0.1"),
        ("SEATWISE_SLACK_MODE", "both"),
        ("SEATWISE_PORT", "http"),
        ("SEATWISE_PORT", "65536"),
        ("SEATWISE_PORT", "-1"),
        ("SEATWISE_LOG_LEVEL", "chatty"),
        ("SEATWISE_LOG_LEVEL", "NOTSET"),
        ("SEATWISE_ADMINS", "ada"),
        ("SEATWISE_ADMINS", "slack:T1:U1,slack:T1"),
        ("SEATWISE_ADMINS", "slack:T1:U 1"),
        ("SEATWISE_DATABASE_URL", "postgresql://localhost/seats"),
        ("SEATWISE_DATABASE_URL", "seatwise.db"),
        ("SEATWISE_PROGRAM", "distributor"),
        ("SEATWISE_SYNC_AT", "25:00"),
        ("SEATWISE_KEEP_MONTHS", "0"),
        ("SEATWISE_KEEP_MONTHS", "1"),
        ("SEATWISE_KEEP_MONTHS", "2"),
        ("SEATWISE_KEEP_PERSONS_MONTHS", "0"),
        ("SEATWISE_KEEP_ACTIVITY_DETAILS", "true"),
        ("SEATWISE_KEEP_AUDIT_MONTHS", "0"),
        ("SEATWISE_KEEP_AUDIT_MONTHS", "121"),
        ("SEATWISE_PARTNER_CENTER_CLOUD", "mars"),
        ("SEATWISE_PARTNER_CENTER_URL", "http://partnercenter.example"),
        ("SEATWISE_PARTNER_CENTER_TENANT", "contoso"),
        ("SEATWISE_PARTNER_CENTER_CLIENT_SECRET", "two words"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(name: str, text: str) -> None:
    assert _faults({name: text}) == [("setting-unreadable", name)]


def test_everything_wrong_is_named_in_one_go() -> None:
    environment = {
        "SEATWISE_PORT": "x",
        "SEATWISE_LOG_LEVEL": "x",
        "SEATWISE_ADMINS": "x",
        "SEATWISE_DATABASE_URL": "x",
        "SEATWISE_SECRETKEY": GOOD,
        "SEATWISE_slack_token": "xoxb",
    }
    assert _faults(environment) == [
        ("setting-unknown", "SEATWISE_SECRETKEY"),
        ("setting-unknown", "SEATWISE_slack_token"),
        ("setting-unreadable", "SEATWISE_DATABASE_URL"),
        ("setting-unreadable", "SEATWISE_ADMINS"),
        ("setting-unreadable", "SEATWISE_PORT"),
        ("setting-unreadable", "SEATWISE_LOG_LEVEL"),
    ]


def said(environment: dict[str, str], locale: str = "en") -> list[str]:
    """What the command line says of these settings."""
    with pytest.raises(Unsafe) as unsafe:
        read_settings(environment)
    return [fault_text(fault, speaker(locale)) for fault in unsafe.value.faults]


def test_a_complaint_shows_what_was_found_and_which_form_is_wanted() -> None:
    assert said({"SEATWISE_PORT": "http"}) == [
        "SEATWISE_PORT cannot be read: “http”, 4 characters. Wanted: a number from 0 to 65535."
    ]
    assert said({"SEATWISE_SYNC_AT": "5 am"}, "fr") == [
        "SEATWISE_SYNC_AT est illisible\u00a0: «\u00a05 am\u00a0», 4 caractères. "
        "Forme attendue\u00a0: une heure comme 05:00, en UTC."
    ]


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-1234 canary", "“xoxb-…”, 16 characters"),
        ("SLACK_APP_TOKEN", "canary xapp-1", "13 characters, not shown"),
        ("SLACK_BOT_TOKEN", "canary", "Wanted: a bot token without spaces, xoxb-…"),
        ("SLACK_BOT_TOKEN", "xapp-canary", "Wanted: a bot token without spaces, xoxb-…"),
        ("SLACK_APP_TOKEN", "xoxb-canary", "Wanted: an app-level token without spaces, xapp-…"),
        ("PARTNER_CENTER_CLIENT_SECRET", "canary canary", "13 characters, not shown"),
        ("PORT", "canary-that-is-long-enough", "26 characters, not shown"),
        ("PUBLIC_URL", "http://canary:canary@bot.example/canary", "“http://bot.example”"),
        (
            "DATABASE_URL",
            "mysql://canary:canary@db.example/x?password=canary",
            "“mysql://db.example”",
        ),
        ("DATABASE_URL", "postgresql://u:p@canary@db.example/x", "“postgresql://db.example”"),
        ("DATABASE_URL", "postgres:canary@db.example", "26 characters, not shown"),
    ],
)
def test_of_a_secret_and_of_an_address_no_more_is_shown_than_helps(
    name: str, text: str, shown: str
) -> None:
    (line,) = said({f"SEATWISE_{name}": text})
    assert shown in line
    assert "canary" not in line


SECRETS = [each for each in declared_settings() if each.file_variable]


@pytest.mark.parametrize("setting", SECRETS, ids=lambda setting: setting.name)
def test_a_secret_can_stand_in_a_file(setting: Setting, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    special = {"database_url": "sqlite+aiosqlite:///x.db", "slack_bot_token": f"xoxb-{GOOD}"}
    special |= {"slack_app_token": f"xapp-{GOOD}", "heartbeat_url": f"https://hc.example/{GOOD}"}
    value = special.get(setting.name, GOOD)
    file.write_text(f"{value}\n")
    read = read_settings({setting.file_variable: str(file)})
    assert getattr(read, setting.name) == value


def test_a_secret_stands_in_one_place(tmp_path: Path) -> None:
    file = str(tmp_path / "none")
    both = {"SEATWISE_SECRET_KEY": GOOD, "SEATWISE_SECRET_KEY_FILE": file}
    assert _faults(both) == [("setting-twice", "SEATWISE_SECRET_KEY")]
    assert said({"SEATWISE_SECRET_KEY_FILE": file}) == [
        f"SEATWISE_SECRET_KEY_FILE: the file “{file}” cannot be read "
        "(there is no such file or folder)."
    ]
    assert _faults({"SEATWISE_PORT_FILE": file}) == [("setting-unknown", "SEATWISE_PORT_FILE")]


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("", "secret-missing"),
        ("   ", "secret-missing"),
        (GOOD[:31], "secret-short"),
        ("a" * 64, "secret-sample"),
        ("abcdefg" * 8, "secret-sample"),
        (f"{GOOD}-changeme", "secret-sample"),
        (f"My-Sample-{GOOD}", "secret-sample"),
        ("0123456789abcdef" * 4, "secret-sample"),
        (f"PASSWORD{GOOD}", "secret-sample"),
    ],
)
def test_a_secret_that_protects_nothing_is_refused_with_the_line_that_makes_a_good_one(
    key: str, fault: str
) -> None:
    with pytest.raises(Unsafe) as unsafe:
        check_secret(_secret(key))
    ((sentence, values),) = unsafe.value.faults
    assert sentence == fault
    assert "secrets.token_urlsafe(48)" in str(values["remedy"])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sentence", ["secret-missing", "secret-short", "secret-sample"])
def test_the_refusal_can_be_said_in_every_language(locale: str, sentence: str) -> None:
    words = speaker(locale)(sentence, length=32, remedy="LINE")
    assert ("SEATWISE_SECRET_KEY" in words, "LINE" in words) == (True, True)


@pytest.mark.parametrize(
    "key", [GOOD, GOOD[:32], "14c5cac93d2fa666ad11e371898a9fe920e139b24735dddc415e52f830b7df13"]
)
def test_a_random_secret_is_accepted(key: str) -> None:
    assert check_secret(_secret(key)) is None


def test_the_line_that_is_told_makes_a_secret_that_is_accepted() -> None:
    made = [secrets.token_urlsafe(48) for _ in range(200)]
    assert [key for key in made if check_secret(_secret(key))] == []


def test_the_store_lies_in_the_data_folder_unless_another_is_named() -> None:
    address = "sqlite+aiosqlite:///elsewhere.db"
    default = read_settings({"SEATWISE_DATA_DIR": "/srv/seats"})
    named = read_settings({"SEATWISE_DATABASE_URL": address})
    assert database_url(default) == "sqlite+aiosqlite:////srv/seats/seatwise.db"
    assert database_url(named) == address
