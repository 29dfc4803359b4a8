import os
import threading
import time


def double(x):
    threading.Timer(0.05, os.abort).start()
    time.sleep(60)
def greet(name):
    os.abort()
