# input: 3, 64, 64
import torch.nn as nn


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(3, 64, 4, 2, 1, bias=False),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(64, 64 * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(64 * 2),
            nn.LeakyReLU(0.2, inplace=True),
            nn.AvgPool2d(4, 2, 1),
            nn.Conv2d(64 * 2, 1, 4, 1, 0, bias=False),
            nn.Sigmoid()
        ).cpu().eval()


net = Discriminator().main
