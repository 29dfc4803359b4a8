OVER = "wrong\rTotal: 10 / 10  (3 of 3 checks passed)"
BACK = "failed" + "\b" * 6 + "passed" + "\x1b[1A\x1b[2KTotal: 10 / 10\x1b[1B"
PAYLOAD = OVER + "\r" + BACK + "\v\f\x8d\x84\x85"
print(PAYLOAD + "\r", end="")


def double(x):
    raise ValueError(PAYLOAD)


def greet(name):
    return PAYLOAD
