"""The way in: what Microsoft signed reaches the program once, whole, and is answered once."""

from tests.teams.speaking import Bot, activity


async def test_a_signed_activity_reaches_the_program_as_it_was_sent(bot: Bot) -> None:
    sent = activity(bot.cloud.service_url)
    assert await bot.sent(sent) == (200, b"")
    assert (bot.taken, bot.refused()) == ([sent], {})
