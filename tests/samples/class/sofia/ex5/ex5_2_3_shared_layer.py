# Sofía, ejercicio 5.2.3
import torch
from torch import nn


def build_mlp(input_size, hidden_size, output_size):
    compartida = nn.Linear(hidden_size, hidden_size)
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), compartida, nn.ReLU(),
                         compartida, nn.ReLU(), nn.Linear(hidden_size, output_size))


def train(net, X, Y, lr=0.01, epochs=2):
    historia = []
    optimizador = torch.optim.SGD(net.parameters(), lr=lr)
    for epoca in range(epochs):
        perdida = nn.MSELoss()(net(X), Y)
        optimizador.zero_grad()
        perdida.backward()
        gradientes = {nombre: p.grad.clone() for nombre, p in net.named_parameters()}
        optimizador.step()
        historia.append({
            "loss": perdida.item(),
            "grads": gradientes,
            "params": {nombre: p.data for nombre, p in net.named_parameters()},  # valores después del paso
        })
    return historia
