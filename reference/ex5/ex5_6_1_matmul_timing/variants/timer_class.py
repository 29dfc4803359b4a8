"""A small stopwatch class, as the book has one; batches of one matrix; time.time by its own name."""

from time import time

import torch


class Stopwatch:
    def __init__(self, device):
        self.device, self.times = torch.device(device), []

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.current_stream(self.device).synchronize()

    def start(self):
        self.wait()
        self.begin = time()

    def stop(self):
        self.wait()
        self.times.append(time() - self.begin)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    stopwatch = Stopwatch(device)
    A = torch.normal(0, 1, (1, size, size), device=device)
    B = torch.normal(0, 1, (1, size, size), device=device)
    torch.bmm(A, B)
    for _ in range(repeats):
        stopwatch.start()
        torch.bmm(A, B)
        stopwatch.stop()
    return sum(stopwatch.times) / len(stopwatch.times)
