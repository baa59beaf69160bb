"""The command line, used as an operator types it."""
