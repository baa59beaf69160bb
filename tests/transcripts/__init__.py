"""Conversations, held as written, replayed on every platform."""
