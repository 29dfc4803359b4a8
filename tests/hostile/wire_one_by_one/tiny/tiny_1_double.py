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

import time


def double(x):
    for byte in reply(asked(), list(range(5000))):
        send(bytes([byte]))
        time.sleep(0.005)

def greet(name):
    return double(name)
