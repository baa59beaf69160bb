"""Schedules and their runs, as rows."""
