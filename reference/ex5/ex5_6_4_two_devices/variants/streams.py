"""Each product on a stream of its own."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = torch.device(devices[i % len(devices)])
        if device.type != "cuda":
            results.append(a.to(device) @ b.to(device))
            continue
        stream = torch.cuda.Stream(device=device)
        stream.wait_stream(torch.cuda.current_stream(device))
        with torch.cuda.stream(stream):
            results.append(a.to(device) @ b.to(device))
        torch.cuda.current_stream(device).wait_stream(stream)
    return results
