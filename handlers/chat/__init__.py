"""The vocabulary of a conversation: asks, accounts, access, replies, services and digests."""
