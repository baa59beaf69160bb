"""Results as parts of a reply: stamps, grants, schedules, why a figure is unknown."""
