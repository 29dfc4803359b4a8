"""A right answer, to stand between hostile ones."""


def double(x):
    return x + x


def greet(name):
    return "hello " + name
