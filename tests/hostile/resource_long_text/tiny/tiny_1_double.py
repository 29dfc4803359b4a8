def double(x):
    return "hello\n" * 150_000
def greet(name):
    return "".join(f"hello {name[:-1]}{number}\n" for number in range(30_000))
