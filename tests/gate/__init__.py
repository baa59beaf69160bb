"""The gate before Slack's requests: over real sockets, from forged to endless."""
