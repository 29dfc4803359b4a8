import torch


def double(x):
    return torch.full((3, 4), float("nan"))
def greet(name):
    return "<script>alert(1)</script>\x1b[2J\u202e\x00\ud800 =cmd()"
