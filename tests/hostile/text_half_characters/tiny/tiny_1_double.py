import os

HALVES = "\ud800 \udfff \udcff \ude00\ud83d"
FORBIDDEN = "\x00\x01\x0b\x1f\x7f\x80\ufffe\uffff\U0001ffff\U0010ffff\ufdd0\ue000"
PAYLOAD = "before\x00after" + HALVES + FORBIDDEN
os.write(1, b"\xff\xfe\x00\xc3\x28\xed\xa0\x80\xf4\x90\x80\x80\xc0\xaf\n")


def double(x):
    raise UnicodeError(PAYLOAD)


def greet(name):
    return PAYLOAD
