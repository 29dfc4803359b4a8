import os
import signal


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        signal.pause()
greet = double
