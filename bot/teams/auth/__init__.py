"""Authentication both ways: tokens of requests from Teams, their keys, and the bot's own login."""
