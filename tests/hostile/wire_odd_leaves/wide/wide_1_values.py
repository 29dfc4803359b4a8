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


def bad(value):
    def answer(*values):
        finish(frame(msgpack.packb(["dict", ["number", asked(), "status", "ok", "value", value, "names", ["list", []]]])))
    return answer


affine = bad(["int", "f" * 40000])
figures = bad(["int", "0x"])
table = bad(["dict", [["list", []], 1]])
shapes = bad(["dict", ["a"]])
ranks = bad(["complex", 1.0, "j"])
tell = bad([["list", []]])
