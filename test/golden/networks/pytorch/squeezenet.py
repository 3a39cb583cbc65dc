# input: 3, 231, 227
import torch.nn as nn

net = nn.Sequential(
    nn.Conv2d(3, 96, kernel_size=7, stride=2),
    nn.ReLU(inplace=True),
    nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=True),
    nn.Conv2d(96, 16, kernel_size=1),
    nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
    nn.LPPool2d(2, 3, stride=2, ceil_mode=True),
    nn.Conv2d(16, 10, 1),
    nn.AdaptiveMaxPool2d((None, 5)),
    nn.AdaptiveAvgPool2d(1),
)
