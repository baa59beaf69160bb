"""What was typed, as values: command lines, arguments, periods, schedules, grants."""
