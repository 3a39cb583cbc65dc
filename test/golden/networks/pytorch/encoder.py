# input: 1, 128, 96
import torch
from torch import nn


class DoubleConv(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.double_conv(x)


class Encoder(nn.Module):
    """The first half of a U-Net, with layers of all sorts."""

    def __init__(self):
        super().__init__()
        self.enc1 = nn.Sequential(nn.Conv2d(1, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3, padding=1), nn.ReLU())
        self.pool1 = nn.MaxPool2d(2)
        self.steps = 2
        self.enc2: nn.Module = nn.Sequential(nn.Conv2d(64, 128, 3), nn.InstanceNorm2d(128), nn.LeakyReLU(0.2))
        self.pool2 = nn.MaxPool2d(kernel_size=2, ceil_mode=True)
        self.refine = DoubleConv(128, 128)
        self.weight = nn.Parameter(torch.zeros(1))
        self.loss = nn.MSELoss()
        self.head = nn.Conv2d(128, 2, 1)

    def forward(self, x):
        x = self.pool1(self.enc1(x))
        x = self.pool2(self.enc2(x))
        return self.head(self.refine(x))
