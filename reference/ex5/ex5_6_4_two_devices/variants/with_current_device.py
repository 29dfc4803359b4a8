"""Makes each GPU the current one while its product is launched."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = torch.device(devices[i % len(devices)])
        if device.type == "cuda":
            with torch.cuda.device(device):
                results.append(torch.nn.functional.linear(a.cuda(), b.t().cuda()))
        else:
            results.append(a.cpu() @ b.cpu())
    return results
