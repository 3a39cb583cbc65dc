# input: 3, 160, 160
import torch.nn as nn

alpha = 2
first = 16 * alpha

layers = [
    nn.Conv2d(3, first, 3, stride=2, padding=1, bias=False),
    nn.BatchNorm2d(first),
    nn.ReLU6(inplace=True),
]
layers += [nn.Conv2d(first, first, 3, 1, 1, groups=first, bias=False), nn.Conv2d(first, 2 * first, 1)]
layers.append(nn.Conv2d(2 * first, 2 * first, 3, 2, 1, 1, 2 * first))
layers.append(nn.AvgPool2d(kernel_size=7, stride=7))
layers.extend([nn.Flatten(), nn.Linear(2 * first, 10)])
net = nn.Sequential(*layers)
