"""How long a store held by somebody else is waited for, whichever database keeps it."""

PATIENCE = 15.0
"""Seconds."""
