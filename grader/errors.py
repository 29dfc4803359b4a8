"""The error that every layer raises for what a person can mend: one line, without a traceback."""


class UserError(Exception):
    """Something given to `grade` is wrong; the message says what, and what to do next."""
