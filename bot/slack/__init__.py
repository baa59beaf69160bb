"""Slack: slash commands and buttons, answered for the asker alone."""
