"""Typed text as values: command lines, arguments, periods, schedules, grants."""
