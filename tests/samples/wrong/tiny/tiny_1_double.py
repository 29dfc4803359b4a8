"""A wrong answer that does no harm."""


def double(x):
    return x


def greet(name):
    return "no"
