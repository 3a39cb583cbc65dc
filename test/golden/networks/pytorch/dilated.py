# input: 2, 61, 75
import torch.nn as nn

k = 3
net = nn.Sequential(
    nn.Conv2d(2, 8, (k, 5), padding="same", dilation=(2, 1)),
    nn.GELU(),
    nn.MaxPool2d(k, stride=1, padding=k // 2, dilation=1),
    nn.Conv2d(8, 12, k, padding="valid", dilation=4, padding_mode="reflect"),
    nn.GroupNorm(4, 12),
    nn.MaxPool2d((2, 3), dilation=(3, 2)),
    nn.Conv2d(in_channels=12, out_channels=12, kernel_size=k, stride=(2,), groups=4, bias=False),
)
