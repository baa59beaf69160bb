"""Building a generation: staging, merging, summaries, and the check before it is published."""
