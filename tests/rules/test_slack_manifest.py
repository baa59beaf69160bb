"""Slack's app manifest keeps Slack's limits, whatever the prefix."""

from pathlib import Path

import pytest

from bot import slack
from bot.manifest.slack import EVENTS, SCOPES, slack_manifest
from bot.slack.events import MOVES
from bot.slack.forms import GRANT

LIMITS = {"command": 32, "description": 2000, "usage_hint": 1000}


def commands(manifest: dict[str, object]) -> list[dict[str, object]]:
    features = manifest["features"]
    assert isinstance(features, dict)
    return list(features["slash_commands"])


@pytest.mark.parametrize("prefix", ["", "csp-", "a" * 12])
@pytest.mark.parametrize("address", ["", "https://bot.example.com/"])
def test_every_command_is_within_slacks_limits(prefix: str, address: str) -> None:
    found = commands(slack_manifest(prefix, address))
    assert 0 < len(found) <= 50
    for command in found:
        assert str(command["command"]).startswith(f"/{prefix}")
        assert command["should_escape"] is True
        for name, most in LIMITS.items():
            assert 0 < len(str(command.get(name, "-"))) <= most


def test_the_apps_own_words_are_within_slacks_limits() -> None:
    about = slack_manifest("", "")["display_information"]
    assert isinstance(about, dict)
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000


def test_socket_mode_names_no_address_and_http_names_it_everywhere() -> None:
    assert "https://" not in str(slack_manifest("", ""))
    manifest = slack_manifest("", "https://bot.example.com/")
    events = "https://bot.example.com/slack/events"
    assert {command["url"] for command in commands(manifest)} == {events}
    assert manifest["settings"] == {
        "event_subscriptions": {"request_url": events, "bot_events": list(EVENTS)},
        "interactivity": {
            "is_enabled": True,
            "request_url": events,
            "message_menu_options_url": events,
        },
        "org_deploy_enabled": False,
        "socket_mode_enabled": False,
        "token_rotation_enabled": False,
    }


def test_every_scope_has_its_reason() -> None:
    assert all(len(reason) > 15 for reason in SCOPES.values())


def test_shortcuts_are_within_slacks_limits_and_open_what_there_is() -> None:
    features = slack_manifest("", "")["features"]
    assert isinstance(features, dict)
    [shortcut] = features["shortcuts"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert shortcut["callback_id"] == GRANT


def test_people_can_write_to_the_bot_and_open_its_page() -> None:
    features = slack_manifest("", "")["features"]
    assert isinstance(features, dict)
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_every_event_has_the_scope_that_slack_wants_for_it() -> None:
    needs = {
        "app_mention": "app_mentions:read",
        "message.im": "im:history",
        "app_home_opened": "",
        "member_joined_channel": "channels:read",
        "member_left_channel": "channels:read",
        "channel_shared": "channels:read",
        "channel_unshared": "channels:read",
        "user_change": "users:read",
    }
    assert set(EVENTS) == set(needs)
    assert set(MOVES) < set(EVENTS)
    assert {scope for scope in needs.values() if scope} <= set(SCOPES)


def test_no_scope_reads_mail_addresses_and_no_event_tells_what_others_write() -> None:
    assert "users:read.email" not in SCOPES
    assert {"message.channels", "message.groups", "message.mpim"}.isdisjoint(EVENTS)


def test_history_is_read_in_one_place() -> None:
    files = Path(slack.__file__).parent.glob("*.py")
    reading = [f.name for f in files if "conversations.history" in f.read_text("utf-8")]
    assert reading == ["history_search.py"]
