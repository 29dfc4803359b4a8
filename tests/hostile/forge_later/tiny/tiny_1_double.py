import threading
import time

import torch

KEPT = []


def double(x):
    value = torch.zeros(3, 4).share_memory_()
    KEPT.append(value)
    def change():
        while True:
            value.copy_(torch.rand(3, 4))
            time.sleep(0.0005)
    threading.Thread(target=change, daemon=True).start()
    return value
def greet(name):
    return "no"
