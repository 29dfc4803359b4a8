HEAP = "Z" + "\u0310\u0334\u0353\u0489\u20dd\u0488" * 40
WIDE = "\ufdfd\U0001242b" * 60
JOINED = "\U0001f468" + "\u200d\U0001f469" * 60 + "\U0001f3fb" * 40
THAI = "\u0e01" + "\u0e47\u0e49" * 60 + "\u0e14" + "\u0e47" * 60
PAYLOAD = (HEAP + WIDE + JOINED + THAI) * 3
print(PAYLOAD * 20)


def double(x):
    raise ValueError(PAYLOAD)


def greet(name):
    return PAYLOAD
