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
    finish(wire.encode({
        "number": asked(), "status": "error", "type": "T" * 2**20, "message": {"en": 1}, "names": [["greet"], 5, "\x00" * 2**19],
        "frames": [[10**30, "f"], [-(10**30), "f" * 2**19], [True, "f"], [1.5, "f"], ["1", 1], [torch.ones(2), "f"], 7, []] * 3,
        "defined": {"double": 1},
    }))
def greet(name):
    finish(wire.encode({
        "number": asked(), "status": "missing", "type": "MissingName", "message": "tiny_1_double" * 2**16, "frames": "frames",
        "names": ["greet"] * 2**16, "defined": ["double" + str(n) for n in range(2**16)], "at_import": True, "cause": {"cell": 1},
    }))
