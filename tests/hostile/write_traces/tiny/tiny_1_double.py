import ctypes
import os
import time

libc = ctypes.CDLL(None)
for folder in ("/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/dev/mqueue", "/run", "/usr/lib", "/root", "/work", os.getcwd(), os.path.expanduser("~")):
    try:
        with open(os.path.join(folder, "left-behind"), "w") as file:
            file.write("x")
    except OSError:
        pass
libc.shmget(4242, 4096, 0o1666)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(1)
            try:
                open("/tmp/left-behind", "w").close()
            except OSError:
                pass
    os._exit(0)

def double(x):
    return x
def greet(name):
    return "no"
