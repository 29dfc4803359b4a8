ENDS = ["\n", "\r", "\r\n", "\n\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\u2029", "\x00"]
PAYLOAD = "".join(f"{end}::error::owned{end}=1+1{end}- owned," for end in ENDS)
print(PAYLOAD)


def double(x):
    raise ValueError(PAYLOAD)


def greet(name):
    return PAYLOAD
