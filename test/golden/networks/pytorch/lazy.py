# input: 3, 96, 96
import torch.nn as nn

net = nn.Sequential(
    nn.LazyConv2d(64, kernel_size=7, stride=2, padding=3),
    nn.LazyBatchNorm2d(), nn.ReLU(),
    nn.MaxPool2d(kernel_size=3, stride=2, padding=1),
    nn.LazyConv2d(32, 3, groups=8),
    nn.AdaptiveAvgPool2d((2, 2)), nn.Flatten(), nn.LazyLinear(10))
