import ctypes

libc = ctypes.PyDLL(None)

def double(x):
    libc.sleep(10**6)
def greet(name):
    libc.poll(None, 0, -1)
