import socket

channel = socket.socket(fileno=3)
try:
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
except OSError:
    pass
channel.shutdown(socket.SHUT_RD)
channel.detach()
def double(x):
    return x
def greet(name):
    return "no"
