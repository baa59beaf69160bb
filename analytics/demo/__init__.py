"""A made-up partner: its customers' stories, and the pages that the source would send for it."""
