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

def double(x):
    finish(frame(b"\x91" * (2**22 - 1) + b"\xc0"))
def greet(name):
    tree = b"\xc0"
    for _ in range(70):
        tree = b"\x92\xa4list\x91" + tree
    finish(frame(tree))
