"""The error that every layer raises for what a person can mend: one line, without a traceback."""


class BrokenError(Exception):
    """Something that students did not make is wrong, such as an exercise; the message says where and what."""


class UserError(Exception):
    """Something given to `grade` is wrong; the message says what, and what to do next."""
