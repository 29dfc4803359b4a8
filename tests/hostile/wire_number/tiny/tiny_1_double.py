import os
import struct
import sys

from grader.sandbox.inside import wire


def send(data):
    while data:
        data = data[os.write(3, data):]
def frame(tree, blob=b"", more=0):
    return struct.pack(">QQ", len(tree), len(blob) + more) + tree + blob
def reply(number, value=None, **parts):
    return wire.encode({"number": number, "status": "ok", "value": value, "names": [], **parts})
def asked():
    caller = sys._getframe()
    while "request" not in caller.f_locals:
        caller = caller.f_back
    return caller.f_locals["request"].get("number", 0)
def finish(data):
    send(data)
    os._exit(0)

import torch


def double(x):
    send(wire.encode({"number": torch.ones(3), "status": torch.ones(2), "value": True, "names": torch.ones(4)}))
    return x

def greet(name):
    return double(name)
