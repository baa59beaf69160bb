"""Deadlines of an answer as calendar files."""
