"""Checks on many machines: schedules put what is due into a queue in the archive's PostgreSQL, workers take it out."""
