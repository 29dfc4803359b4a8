import ctypes
import signal

libc = ctypes.CDLL(None)
libc.vfork.restype = ctypes.c_int

def double(x):
    # clone(CLONE_VM | CLONE_VFORK | SIGCHLD) on a stack of its own that begins with pause().
    stack = ctypes.create_string_buffer(1 << 20)
    top = ctypes.addressof(stack) + (1 << 20) - 64
    main = ctypes.cast(libc.pause, ctypes.c_void_p)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    libc.clone(main, ctypes.c_void_p(top & ~15), 0x4100 | signal.SIGCHLD, None)
    return x
greet = double
