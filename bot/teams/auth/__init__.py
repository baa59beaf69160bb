"""Who speaks to the address of Teams, and as whom the bot calls: tokens, keys, login."""
