"""Fixtures for questions on their way to an answer."""

from tests.answering.logs import logged

__all__ = ["logged"]
