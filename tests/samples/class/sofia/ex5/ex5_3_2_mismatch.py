# Sofía, ejercicio 5.3.2
import torch
from torch import nn


def dimension_error(net, X):
    try:
        net(X)
    except (RuntimeError, ValueError) as error:
        return error
    return None


def first_mismatch(net, X):
    # encontrar la primera capa que no acepta su entrada
    for indice, capa in enumerate(net):
        try:
            X = capa(X)
        except (RuntimeError, ValueError):
            return indice
    return None
