"""The judge: pytest sessions that decide, on plain data from the sandbox, what a submission is worth."""
