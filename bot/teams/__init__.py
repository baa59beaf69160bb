"""Microsoft Teams: messages, cards and buttons; the only home of botbuilder."""
