"""Who is let in: signatures, tokens, replays."""

from tests.breaks.entry import Break

GATE = (
    Break(
        "a signature from far ahead is let in",
        "bot/gate.py",
        "if abs(now.timestamp() - int(timestamp)) >",
        "if now.timestamp() - int(timestamp) >",
        "tests/gate/test_signatures.py",
        "test_a_request_of_another_time_is_refused_though_signed[-301]",
    ),
    Break(
        "a replay is accepted while its signature is still valid",
        "bot/gate.py",
        "KEPT = 2 * AGE\n",
        "KEPT = AGE\n",
        "tests/gate/test_replay.py",
        "test_a_request_from_ahead_is_remembered_as_long_as_it_is_valid",
    ),
    Break(
        "a broken replay set lets a request in",
        "bot/replay_set.py",
        '        log_error("replay set does not answer", error, platform=platform)\n'
        "        raise ReplaySetUnavailable from error",
        '        log_error("replay set does not answer", error, platform=platform)\n'
        "        return True",
        "tests/gate/test_replay.py",
        "test_with_a_broken_store_nothing_has_an_effect_and_the_request_may_come_again",
    ),
    Break(
        "a key that is not endorsed for Teams signs for Teams",
        "bot/teams/auth/tokens.py",
        "if key is None or not key.endorsed:",
        "if key is None:",
        "tests/teams/test_tokens.py",
        "test_a_token_of_another_key_is_refused[a key that is not endorsed]",
    ),
    Break(
        "a token for another service address is let in",
        "bot/teams/auth/tokens.py",
        'if activity["serviceUrl"] != claims.get("serviceurl"):',
        'if not claims.get("serviceurl"):',
        "tests/teams/test_tokens.py",
        "test_a_token_that_says_something_else_is_refused_though_signed[another service address]",
    ),
    Break(
        "the bot's token may go to any host that ends alike",
        "bot/teams/auth/service_urls.py",
        '_DOMAINS = (".botframework.com",',
        '_DOMAINS = ("botframework.com",',
        "tests/teams/test_service_urls.py",
        "test_no_other_address_is[https://evilbotframework.com/]",
    ),
)
