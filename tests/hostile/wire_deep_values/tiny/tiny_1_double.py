def double(x):
    loop = []
    loop.append(loop)
    return loop
def greet(name):
    deep = []
    for _ in range(100000):
        deep = [deep]
    return deep
