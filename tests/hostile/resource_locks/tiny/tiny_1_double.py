import threading

LOCK = threading.Lock()
DONE = threading.Event()

def imports_me():
    import tiny_1_double
    tiny_1_double.double
    DONE.set()
threading.Thread(target=imports_me).start()
DONE.wait(0.5)
LOCK.acquire()
def double(x):
    LOCK.acquire()
def greet(name):
    import queue
    return queue.Queue().get()
