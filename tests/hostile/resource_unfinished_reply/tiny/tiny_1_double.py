import os
import struct
import time

TREE, BLOB = 4 * 2**20, 64 * 2**20
os.write(3, struct.pack(">QQ", TREE, BLOB))
left = TREE + BLOB - 1
while left:
    left -= os.write(3, bytes(min(left, 2**20)))
while True:
    time.sleep(1)
