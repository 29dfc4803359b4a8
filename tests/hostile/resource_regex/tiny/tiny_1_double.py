import re


def double(x):
    return re.match(r"(a|aa|a?)+$", "a" * 60 + "b")
def greet(name):
    return re.sub(r"(.*)*,(.*)*,(.*)*#", "", "," * 80)
