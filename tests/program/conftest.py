"""Fixtures for the parts of the running program."""

from tests.answering.logs import logged

__all__ = ["logged"]
