from torch.nn import Module

class MySequential(Module):
	def __init__(self, *blocks):
		super().__init__()
		for i, b in enumerate(blocks): setattr(self, str(i), b)
		self.n = len(blocks)

	def forward(self, X):
		for i in range(self.n): X = getattr(self, str(i))(X)
		return X

class MySequentialList(Module):
	def __init__(self, *blocks):
		super().__init__()
		self.lst = [*blocks]

	def forward(self, X):
		for b in self.lst: X = b(X)
		return X

# everything except forward
LOST_IN_A_LIST = set("parameters state_dict to train apply children".split())
