"""The longest wait for a store that another process holds, with either database."""

PATIENCE = 15.0
"""Seconds."""
