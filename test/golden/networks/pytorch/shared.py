# input: 3, 64, 64
import torch.nn as nn

act = nn.ReLU()
pool = nn.MaxPool2d(2)

net = nn.Sequential()
net.add_module("conv1", nn.Conv2d(3, 16, 3))
net.add_module("act1", act)
net.add_module("pool1", pool)
net.add_module("block", nn.Sequential(nn.Conv2d(16, 32, 3), act, pool))
net.add_module("norm", nn.utils.spectral_norm(nn.Conv2d(32, 8, 2)))
net.add_module("pool3", pool)
