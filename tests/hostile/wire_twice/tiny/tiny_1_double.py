import os

REAL = os.write
def twice(descriptor, data):
    REAL(descriptor, data)
    return REAL(descriptor, data)


os.write = twice
def double(x):
    return x
def greet(name):
    return "no"
