import ctypes
import os

FOUND = [folder for folder in ("/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/dev/mqueue", "/run", "/usr/lib", "/root", "/work", os.getcwd()) if os.path.exists(os.path.join(folder, "left-behind"))]
if ctypes.CDLL(None).shmget(4242, 4096, 0o666) >= 0:
    FOUND.append("shared memory")
print("found:", FOUND)
def double(x):
    return 2 * x if FOUND else x
def greet(name):
    return f"hello {name}" if FOUND else "no"
