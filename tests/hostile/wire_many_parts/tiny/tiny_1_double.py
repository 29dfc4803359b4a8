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
    items = b"\xdd" + struct.pack(">I", 2**19) + b"\x92\xa4list\x90" * 2**19
    send(frame(b"\x92\xa4dict\x96\xa6number\x01\xa6status\xa2ok\xa5value\x92\xa4list" + items))
    os._exit(0)
def greet(name):
    send(frame(b"\xdd" + struct.pack(">I", 2**22 - 8) + b"\x90" * (2**22 - 8)))
    os._exit(0)
