from torch import nn
import torch


class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super(Parallel, self).__init__()
        self.nets = [net1, net2]   # list, easy to extend to three nets later

    def forward(self, X):
        outs = []
        for net in self.nets:
            outs.append(net(X))
        return torch.cat(outs, dim=1)
