import os
import struct

PARTS = 270_000
NODE = bytes([0x93, 0xA6]) + b"tensor" + bytes([0xA4]) + b"int8" + bytes([0x91, 0x01])
LIST = bytes([0x92, 0xA4]) + b"list"

def text(word):
    return bytes([0xA0 + len(word)]) + word

def costly(number):
    value = LIST + b"\xdd" + PARTS.to_bytes(4, "big") + NODE * PARTS
    tree = bytes([0x92]) + text(b"dict") + bytes([0x98])
    tree += text(b"number") + bytes([number]) + text(b"status") + text(b"ok")
    tree += text(b"value") + value + text(b"names") + LIST + bytes([0x90])
    frame = struct.pack(">QQ", len(tree), PARTS) + tree + bytes(PARTS)
    while frame:
        frame = frame[os.write(3, frame) :]
    os._exit(0)
def double(x):
    costly(1)
def greet(name):
    costly(2)
