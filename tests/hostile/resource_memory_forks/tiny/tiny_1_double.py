import ctypes
import mmap
import os
import time

READY, WRITER = os.pipe()
# Three times 1 GiB, where one process may have 2 GiB: no machine dies of that.
for _ in range(3):
    if os.fork() == 0:
        kept = mmap.mmap(-1, 2**30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        kept.madvise(mmap.MADV_HUGEPAGE)
        ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(kept)), 1, 2**30)
        os.write(WRITER, b"x")
        time.sleep(60)
        os._exit(0)

def double(x):
    filled = 0
    while filled < 3:
        filled += len(os.read(READY, 3))
    print("filled:", filled, flush=True)
    return x
def greet(name):
    return "no"
