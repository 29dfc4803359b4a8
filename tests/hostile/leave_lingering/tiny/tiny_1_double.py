import atexit
import multiprocessing
import threading
import time


def forever():
    while True:
        time.sleep(0.01)

class Clinging:
    def __del__(self):
        forever()

KEPT = [Clinging()]
atexit.register(forever)
threading._register_atexit(forever)
for _ in range(4):
    threading.Thread(target=forever, daemon=False).start()
POOL = [multiprocessing.get_context("fork").Process(target=forever, daemon=False) for _ in range(4)]
for process in POOL:
    process.start()

def double(x):
    return x
def greet(name):
    return "no"
