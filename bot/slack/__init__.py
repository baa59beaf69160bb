"""Slack: commands, mentions, direct messages, buttons, a form and a page of its own."""
