"""Slack's app manifest keeps Slack's limits, whatever the prefix."""

import pytest

from bot.manifest.slack import SCOPES, slack_manifest

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
        "interactivity": {"is_enabled": True, "request_url": events},
        "org_deploy_enabled": False,
        "socket_mode_enabled": False,
        "token_rotation_enabled": False,
    }


def test_every_scope_has_its_reason() -> None:
    assert all(len(reason) > 15 for reason in SCOPES.values())
