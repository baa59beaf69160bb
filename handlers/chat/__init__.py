"""The vocabulary of a conversation."""
