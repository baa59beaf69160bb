"""Everything a person can ask, in platform-neutral words."""
