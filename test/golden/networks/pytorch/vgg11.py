# input: 3, 224, 224
import torch.nn as nn

net = nn.Sequential(
    # Block 1
    nn.Conv2d(3, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(True), nn.MaxPool2d(2, 2),
    # Block 2
    nn.Conv2d(64, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(True), nn.MaxPool2d(2, 2),
    # Block 3
    nn.Conv2d(128, 256, 3, padding=1), nn.ReLU(True),
    nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2, 2),
    # Block 4
    nn.Conv2d(256, 512, 3, padding=1), nn.ReLU(True),
    nn.Conv2d(512, 512, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2, 2),
    # Block 5
    nn.Conv2d(512, 512, 3, padding=1), nn.ReLU(True),
    nn.Conv2d(512, 512, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2, 2),
    nn.Flatten(), nn.Linear(512 * 7 * 7, 10),
)
