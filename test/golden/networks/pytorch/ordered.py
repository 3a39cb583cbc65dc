# input: 1, 28, 28
from collections import OrderedDict

from torch.nn import BatchNorm2d, Conv2d, Dropout2d, Flatten, Linear, MaxPool2d, ReLU, Sequential

net = Sequential(OrderedDict([
    ("conv1", Conv2d(1, 20, 5)),
    ("relu1", ReLU()),
    ("pool1", MaxPool2d(kernel_size=(2, 2))),
    ("conv2", Conv2d(20, 64, (5, 3), stride=(1, 2), padding=(0, 1))),
    ("norm2", BatchNorm2d(64)),
    ("drop2", Dropout2d(0.25)),
    ("pool2", MaxPool2d((2, 3), (2, 1), (1, 1))),
    ("flatten", Flatten()),
    ("fc", Linear(64, 10)),
]))
