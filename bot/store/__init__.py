"""Storage of rights, audit, schedules and saved questions, in SQL."""
