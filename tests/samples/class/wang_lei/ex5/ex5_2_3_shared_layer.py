# 王磊 作业5.2.3
import torch
from torch import nn


def build_mlp(input_size, hidden_size, output_size):
    # 共享层要先定义好，用同一个对象
    shared = nn.Linear(hidden_size, hidden_size)
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(),
                         shared, nn.ReLU(),
                         shared, nn.ReLU(),
                         nn.Linear(hidden_size, output_size))


def train(net, X, Y, lr=0.01, epochs=2):
    loss_fn = nn.MSELoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        l = loss_fn(net(X), Y)
        optimizer.zero_grad()
        l.backward()
        grads = {n: p.grad.clone() for n, p in net.named_parameters()}
        optimizer.step()
        params = {n: p.detach().clone() for n, p in net.named_parameters()}
        history.append({"loss": float(l), "grads": grads, "params": params})
        print(f"第{epoch + 1}轮，损失 {float(l):f}")
        for n, p in net.named_parameters():
            print("参数：", n, p.data, "梯度：", p.grad)
        for x, y in zip(X, Y):
            print("输入：", x, "标签：", y, "现在的输出：", net(x))
    return history


# 训练50轮看看
X = torch.randn(10, 4)
Y = torch.randn(10, 3)
h = train(build_mlp(4, 8, 3), X, Y, lr=0.1, epochs=50)
print("最后的损失：", h[-1]["loss"])
