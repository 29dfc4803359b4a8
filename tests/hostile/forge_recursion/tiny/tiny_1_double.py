import sys


def lower(depth=0):
    for limit in range(1, 200):
        try:
            sys.setrecursionlimit(limit)
            return
        except RecursionError:
            pass


def double(x):
    lower()
    return x
def greet(name):
    sys.setrecursionlimit(2**31 - 1)
    def deeper():
        return deeper()
    lower()
    return deeper()
