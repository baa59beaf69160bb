"""Results as parts of a reply: stamps, grants, schedules, and why a figure is unknown."""
