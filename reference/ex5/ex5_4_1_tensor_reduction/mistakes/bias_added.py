"""Uses nn.Bilinear as it is, whose bias is one more parameter and one more term."""

from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.bilinear = nn.Bilinear(dim1, dim1, dim2)
        self.weight = self.bilinear.weight

    def forward(self, X):
        return self.bilinear(X, X)
