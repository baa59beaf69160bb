"""Commands, one file for each."""
