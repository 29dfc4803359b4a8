"""Marking a class: workers, the gradebook, and what is written of it."""
