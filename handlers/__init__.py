"""Everything that a person can ask, and its answers, in platform-neutral words."""
