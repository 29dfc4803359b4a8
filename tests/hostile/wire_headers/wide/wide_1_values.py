import os
import struct
import sys

import msgpack

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


def bad(name, shape):
    def answer(*values):
        whole = ["dict", ["number", asked(), "status", "ok", "value", ["tensor", name, shape], "names", ["list", []]]]
        finish(frame(msgpack.packb(whole), b"x" * 48))
    return answer


affine = bad("float32", [2**32, 2**32])
figures = bad("float32", [-1, -12])
table = bad("__reduce__", [12])
shapes = bad("float32", [3, 4, 5, 6])
ranks = bad("float32", [2**62, 0, 2**62])
tell = bad("float32", [True, 12.0])
