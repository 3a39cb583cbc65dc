# input: 1, 224, 224
import torch
from torch import nn

device = torch.device("cpu")
dropout = 0.5

net = nn.Sequential(
    nn.Sequential(
        nn.Conv2d(1, 96, kernel_size=11, stride=4), nn.ReLU(),
        nn.Conv2d(96, 96, kernel_size=1), nn.ReLU(),
        nn.Conv2d(96, 96, kernel_size=1), nn.ReLU()),
    nn.MaxPool2d(3, stride=2),
    nn.Sequential(
        nn.Conv2d(96, 256, kernel_size=5, padding=2), nn.ReLU(),
        nn.Conv2d(256, 256, kernel_size=1), nn.ReLU()),
    nn.MaxPool2d(3, stride=2),
    nn.Dropout(dropout),
    nn.Sequential(nn.Conv2d(256, 10, kernel_size=3, padding=1), nn.ReLU()),
    nn.AdaptiveAvgPool2d((1, 1)),
    nn.Flatten()).to(device)
