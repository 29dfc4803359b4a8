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

def double(x):
    whole = ["dict", ["number", asked(), "status", "ok", "value", ["tensor", "float32", [3, 4]], "names", ["list", []]]]
    finish(frame(msgpack.packb(whole), b"x" * 2**20))
def greet(name):
    pair = [["tensor", "uint8", [64]], ["bytes", 64], ["bytes", -64], ["tensor", "uint8", [64]]]
    whole = ["dict", ["number", asked(), "status", "ok", "value", ["list", pair], "names", ["list", []]]]
    finish(frame(msgpack.packb(whole), b"x" * 128))
