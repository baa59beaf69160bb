"""A made-up partner: its stories, and the pages they would come in."""
