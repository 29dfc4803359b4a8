import ctypes
import sys

sys.setrecursionlimit(10**9)
COMPARE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
libc = ctypes.CDLL(None)

@COMPARE
def compare(a, b):
    numbers = (ctypes.c_int * 2)(2, 1)
    libc.qsort(numbers, 2, 4, compare)
    return 0

def double(x):
    compare(None, None)
def greet(name):
    class Deep:
        def __repr__(self):
            return repr([self])
    return repr(Deep())
