"""Python as people write it, for calls.py: each snippet with what has to be run besides, and which settings it does not say."""
from typing import NamedTuple


class Snippet(NamedTuple):
    source: str
    # Code that runs after the source, so that each of its calls is made.
    run: str = ""
    # For each call, in the order in which they begin, the settings that do not stand in the source.
    unknown: tuple = ()


def snippet(source, run="", unknown=()):
    """A source without its first line break."""
    return Snippet(source.removeprefix("\n"), run, tuple(unknown))


def lines(imports, *calls):
    """A snippet for each call."""
    return [Snippet(f"{imports}\n{call}\n") for call in calls]


TORCH = [
    # Modules, by position and by keyword.
    *lines(
        "import torch.nn as nn",
        "nn.MaxPool2d(2)",
        "nn.MaxPool2d(kernel_size=2)",
        "nn.MaxPool2d(2, 2)",
        "nn.MaxPool2d(kernel_size=2, stride=2)",
        "nn.MaxPool2d(3, stride=2, padding=1)",
        "nn.MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True)",
        "nn.MaxPool2d(stride=2, kernel_size=3)",
        "nn.MaxPool2d((2, 2))",
        "nn.MaxPool2d((2, 1), (2, 1))",
        "nn.MaxPool2d((3, 2), stride=(2, 1), padding=(0, 1))",
        "nn.MaxPool2d([3, 3], [2, 2])",
        "nn.MaxPool2d((3,))",
        "nn.MaxPool2d(3, (2,), (1,))",
        "nn.MaxPool2d(2, stride=None)",
        "nn.MaxPool2d(2, stride=())",
        "nn.MaxPool2d((2, 3), [])",
        "nn.MaxPool2d(3, 1, 1)",
        "nn.MaxPool2d(3, 2, 0, 2)",
        "nn.MaxPool2d(2, 2, 0, 1, True)",
        "nn.MaxPool2d(2, 2, 0, 1, False, True)",
        "nn.MaxPool2d(3, dilation=2)",
        "nn.MaxPool2d(3, stride=2, dilation=(1, 2), ceil_mode=False)",
        "nn.MaxPool2d(2, return_indices=True)",
        "nn.MaxPool2d(2, return_indices=1)",
        "nn.MaxPool2d(2, return_indices=None)",
        "nn.MaxPool2d(2, 2, ceil_mode=True)",
        "nn.MaxPool2d(1, 2)",
        "nn.MaxPool2d(2, stride=1)",
        "nn.MaxPool2d(13, stride=1, padding=13 // 2)",
        "nn.AvgPool2d(2)",
        "nn.AvgPool2d(kernel_size=2)",
        "nn.AvgPool2d(8, stride=1)",
        "nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)",
        "nn.AvgPool2d(3, 2, 1, True, False, 7)",
        "nn.AvgPool2d(2, 2, 0, True)",
        "nn.AvgPool2d(2, divisor_override=None)",
        "nn.AvgPool2d(2, divisor_override=3)",
        "nn.AvgPool2d(kernel_size=(3, 5), stride=(1, 2), padding=(1, 2), ceil_mode=True, count_include_pad=False)",
        "nn.LPPool2d(2, 3)",
        "nn.LPPool2d(norm_type=2, kernel_size=3, stride=2)",
        "nn.LPPool2d(1.5, (3, 2), stride=(2, 1))",
        "nn.LPPool2d(2., 2, ceil_mode=True)",
        "nn.LPPool2d(1, 4, 2, True)",
        "nn.LPPool2d(2, 3, stride=(2,))",
        "nn.AdaptiveMaxPool2d(7)",
        "nn.AdaptiveMaxPool2d((5, 7))",
        "nn.AdaptiveMaxPool2d(output_size=(5, 7), return_indices=True)",
        "nn.AdaptiveMaxPool2d(7, True)",
        "nn.AdaptiveMaxPool2d((None, 7))",
        "nn.AdaptiveAvgPool2d(1)",
        "nn.AdaptiveAvgPool2d((1, 1))",
        "nn.AdaptiveAvgPool2d([6, 6])",
        "nn.AdaptiveAvgPool2d(output_size=(7, 7))",
        "nn.AdaptiveAvgPool2d((7, None))",
        "nn.AdaptiveAvgPool2d((None, None))",
        "nn.FractionalMaxPool2d(3, output_size=(13, 12))",
        "nn.FractionalMaxPool2d(2, output_ratio=(0.5, 0.5))",
    ),
    # Functions.
    *lines(
        "import torch.nn.functional as F",
        "F.max_pool2d(x, 2)",
        "F.max_pool2d(x, (2, 2))",
        "F.max_pool2d(x, kernel_size=3, stride=2, padding=1)",
        "F.max_pool2d(x, 2, 2, 0, 1, True)",
        "F.max_pool2d(x, 2, 2, 0, 1, False, True)",
        "F.max_pool2d(input=x, kernel_size=2, stride=None)",
        "F.max_pool2d(kernel_size=2, input=x)",
        "F.max_pool2d(x, 2, return_indices=True)",
        "F.max_pool2d(-x, (3, 1), stride=1, padding=(1, 0))",
        "F.max_pool2d_with_indices(x, 2)",
        "F.avg_pool2d(x, 4)",
        "F.avg_pool2d(x, 3, 1, 1, True, False)",
        "F.avg_pool2d(x, kernel_size=(3, 3), count_include_pad=False, padding=1)",
        "F.avg_pool2d(x, 2, 2, 0, False, True, 5)",
        "F.avg_pool2d(x, 2, ())",
        "F.lp_pool2d(x, 2, 3)",
        "F.lp_pool2d(x, norm_type=3, kernel_size=2, stride=1, ceil_mode=True)",
        "F.lp_pool2d(x, 2.5, (2, 3))",
        "F.adaptive_max_pool2d(x, 1)",
        "F.adaptive_max_pool2d(x, (4, 3), return_indices=True)",
        "F.adaptive_max_pool2d(x, output_size=(None, 5))",
        "F.adaptive_avg_pool2d(x, 1)",
        "F.adaptive_avg_pool2d(x, (1, 1))",
        "F.adaptive_avg_pool2d(x, output_size=[2, 3])",
        "F.adaptive_avg_pool2d(input=x, output_size=7)",
        "F.adaptive_avg_pool2d(x, 1).view(x.size(0), -1)",
        "F.adaptive_avg_pool2d(x, (None, 1)).squeeze(-1)",
        "F.fractional_max_pool2d(x, 2, output_ratio=0.5)",
    ),
    # What stands there but is refused for what it is: read as far as it can be, so that the refusal can be shown.
    *lines(
        "from torch import nn",
        "nn.MaxPool2d(0)",
        "nn.MaxPool2d(-2)",
        "nn.MaxPool2d(2, 0)",
        "nn.MaxPool2d(2, -1)",
        "nn.MaxPool2d(2, padding=-1)",
        "nn.MaxPool2d(2, 2, padding=2)",
        "nn.MaxPool2d(3, padding='same')",
        "nn.MaxPool2d(100)",
        "nn.AvgPool2d(2, divisor_override=0)",
        "nn.AdaptiveAvgPool2d(-1)",
        "nn.LPPool2d(0, 2)",
    ),
    # What stands there and cannot be a setting.
    snippet("nn.MaxPool2d(2.0)\n", unknown=[["kernelSize"]]),
    snippet("nn.MaxPool2d(4 / 2, 2)\n", unknown=[["kernelSize"]]),
    snippet("nn.MaxPool2d(True)\n", unknown=[["kernelSize"]]),
    snippet("nn.MaxPool2d('2')\n", unknown=[["kernelSize"]]),
    snippet("nn.MaxPool2d((2, 2, 2), stride=2)\n", unknown=[["kernelSize"]]),
    snippet("nn.MaxPool2d(2, ceil_mode=1)\n", unknown=[["ceilMode"]]),
    snippet("nn.MaxPool2d(2, padding=None)\n", unknown=[["padding"]]),
    snippet("nn.MaxPool2d(2, padding=())\n", unknown=[["padding"]]),
    snippet("nn.AvgPool2d(2, count_include_pad=0)\n", unknown=[["countIncludePad"]]),
    snippet("nn.AvgPool2d(2, divisor_override=2.0)\n", unknown=[["divisorOverride"]]),
    snippet("nn.AdaptiveAvgPool2d(None)\n", unknown=[["outputSize"]]),
    snippet("nn.AdaptiveAvgPool2d((5,))\n", unknown=[["outputSize"]]),
    snippet("nn.LPPool2d(2, (3,))\n", unknown=[["kernelSize"]]),
    snippet("nn.LPPool2d(float('inf'), 3)\n", unknown=[["norm"]]),
    # Imports of all kinds.
    snippet("import torch\ntorch.nn.MaxPool2d(2)\n"),
    snippet("import torch\npooled = torch.nn.functional.avg_pool2d(x, 3, stride=1)\n"),
    snippet("import torch\ntorch.max_pool2d(x, 2)\n"),
    snippet("import torch\ntorch.max_pool2d(x, (3, 2), 2, 1, 1, True)\n"),
    snippet("import torch\nnn = torch.nn\npool = nn.MaxPool2d(2, 2)\n"),
    snippet("import torch as th\nth.nn.AvgPool2d(3)\n"),
    snippet("import torch.nn\ntorch.nn.MaxPool2d(3)\n"),
    snippet("import torch, torch.nn as nn, torch.nn.functional as F\nF.max_pool2d(nn.AvgPool2d(2)(x), 3)\n"),
    snippet("from torch import nn\npool = nn.MaxPool2d(2)\n"),
    snippet("from torch import nn, Tensor\npool = nn.functional.max_pool2d(x, 2)\n"),
    snippet("from torch import nn as layers\nlayers.MaxPool2d(2)\n"),
    snippet("from torch.nn import MaxPool2d\nMaxPool2d(2)\n"),
    snippet("from torch.nn import MaxPool2d as Pool\nPool(kernel_size=3)\n"),
    snippet("from torch.nn import Conv2d, MaxPool2d as MP, AvgPool2d as AP\nMP(2), AP(3)\n"),
    snippet("from torch.nn import functional as F\nF.max_pool2d(x, 2)\n"),
    snippet("from torch.nn import functional\nfunctional.avg_pool2d(x, 2)\n"),
    snippet("from torch.nn.functional import max_pool2d\nmax_pool2d(x, 2)\n"),
    snippet("from torch.nn.functional import max_pool2d as mp, relu\nmp(relu(x), 2, 1)\n"),
    snippet("from torch.nn.functional import *\nadaptive_avg_pool2d(x, 3)\n"),
    snippet("from torch.nn import *\nMaxPool2d(2)\n"),
    snippet("from torch import *\nmax_pool2d(x, 3)\n"),
    snippet("from torch.nn.modules import MaxPool2d\nMaxPool2d(2)\n"),
    snippet("from torch.nn.modules.pooling import AvgPool2d, AdaptiveAvgPool2d\nAvgPool2d(2)\nAdaptiveAvgPool2d(1)\n"),
    snippet("import torch.nn.modules.pooling as pooling\npooling.MaxPool2d(2)\n"),
    snippet("""
from torch.nn import (
    Conv2d,  # not this one
    MaxPool2d,
    ReLU,
)

MaxPool2d(2)
"""),
    snippet("from torch.nn import Conv2d, \\\n    MaxPool2d\nMaxPool2d(2)\n"),
    snippet("import os; import torch.nn as nn; pool = nn.MaxPool2d(2)\n"),
    snippet("""
try:
    import torch
    import torch.nn as nn
except ImportError:
    torch = None
    nn = None

if nn is not None:
    pool = nn.MaxPool2d(2)
"""),
    snippet("""
try:
    import torch.nn as nn
except ImportError:
    class nn:
        Module = object

class Stem(nn.Module):
    def build(self):
        return nn.MaxPool2d(3, 2, 1)
""", "Stem().build()"),
    snippet("""
from typing import TYPE_CHECKING

if TYPE_CHECKING or True:
    from torch import nn

def pool():
    return nn.AvgPool2d(2)
""", "pool()"),
    snippet("""
def pool(x):
    import torch.nn.functional as f
    return f.max_pool2d(x, 2)
""", "pool(x)"),
    snippet("""
def pool(x):
    return f.max_pool2d(x, 2)

import torch.nn.functional as f
pool(x)
"""),
    snippet("""
class Block:
    from torch import nn as layers
    pool = layers.MaxPool2d(2)
"""),
    snippet("Pool = nn.MaxPool2d\nPool(2)\n"),
    snippet("import torch.nn as nn\nPools = nn.MaxPool2d, nn.AvgPool2d\nmax_pool, avg_pool = nn.MaxPool2d, nn.AvgPool2d\nmax_pool(2), avg_pool(3)\n"),
    snippet("import torch.nn.functional as F\npool = F.max_pool2d\npool(x, 2)\n"),
    snippet("""
import torch.nn as nn

def make():
    return nn.MaxPool2d(2)

layers = [make()]
nn = None
"""),
    snippet("from torch.nn.functional import max_pool2d as pool\npool = pool(x, 2)\n"),
    # No import in sight.
    snippet("self.pool = nn.MaxPool2d(kernel_size=2)\n"),
    snippet("x = F.max_pool2d(F.relu(conv(x)), 2)\n"),
    snippet("torch.nn.AdaptiveAvgPool2d((1, 1))\n"),
    snippet("out = torch.nn.functional.adaptive_avg_pool2d(x, (1, 1))\n"),
    # Numbers that are computed, or have a name.
    snippet("nn.MaxPool2d((3 - 1) // 2 + 1)\n"),
    snippet("nn.MaxPool2d(2 ** 2, stride=+2, padding=-(-3 // 2))\n"),
    snippet("nn.MaxPool2d(7 % 4, 1 << 1)\n"),
    snippet("nn.MaxPool2d(0b11, 0x2, 0o1)\n"),
    snippet("nn.MaxPool2d(((3)), stride=(2))\n"),
    snippet("nn.MaxPool2d((2,) * 2, 2 * [1])\n"),
    snippet("nn.MaxPool2d((3,) + (2,))\n"),
    snippet("nn.MaxPool2d(2, ceil_mode=not False)\n"),
    snippet("nn.LPPool2d(3 / 2, 2)\n"),
    snippet("nn.LPPool2d(1.0 + 1, 2)\n"),
    snippet("""
import torch.nn as nn

KERNEL = 3
STRIDE: int = 2
PADDING = KERNEL // 2
pool = nn.MaxPool2d(KERNEL, STRIDE, PADDING)
"""),
    snippet("k, s = 3, 2\npool = nn.MaxPool2d(k, stride=s)\n"),
    snippet("k = s = 3\npool = nn.MaxPool2d(k, s)\n"),
    snippet("(k, s), p = (3, 2), 1\npool = nn.MaxPool2d(k, s, p)\n"),
    snippet("SIZE = (3, 2)\npool = nn.MaxPool2d(SIZE, ceil_mode=True)\n"),
    snippet("""
class Net(nn.Module):
    kernel = 3
    pool = nn.MaxPool2d(kernel)
"""),
    snippet("""
def make():
    kernel_size = 3
    ceil_mode = True
    return nn.MaxPool2d(kernel_size=kernel_size, ceil_mode=ceil_mode)
""", "make()"),
    snippet("""
KERNEL = 4

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pools = [nn.AvgPool2d(KERNEL, stride) for stride in (1, 2)]
""", "Net()", [["stride"]]),
    snippet("nn.MaxPool2d(2, padding=-0)\n"),
    snippet("""
kernel = 2

class Net(nn.Module):
    kernel = 3

    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(kernel)
""", "Net()"),
    snippet("""
def outer():
    kernel = 3

    def inner():
        return nn.MaxPool2d(kernel)
    return inner()
""", "outer()"),
    snippet("""
def outer():
    kernel = 3

    def inner():
        nonlocal kernel
        kernel = 4
    inner()
    return nn.MaxPool2d(kernel)
""", "outer()", [["kernelSize"]]),
    # What does not stand in the source.
    snippet("""
def make(kernel_size, stride=2):
    return nn.MaxPool2d(kernel_size, stride)
""", "make(3)", [["kernelSize", "stride"]]),
    snippet("""
class Pool(nn.Module):
    def __init__(self, k=3):
        super().__init__()
        self.pool = nn.MaxPool2d(k, padding=(k - 1) // 2)
""", "Pool()", [["kernelSize", "padding"]]),
    snippet("x = F.avg_pool2d(x, x.size()[2:])\n", unknown=[["kernelSize"]]),
    snippet("x = F.avg_pool2d(x, kernel_size=(x.size(2), 1))\n", unknown=[["kernelSize"]]),
    snippet("x = F.max_pool2d(x, int('2'), stride=2, ceil_mode=bool(1))\n", unknown=[["kernelSize", "ceilMode"]]),
    snippet("x = F.adaptive_avg_pool2d(x, x.shape[-2:])\n", unknown=[["outputSize"]]),
    snippet("n = len(x) + 2\nx = F.max_pool2d(x, (n, 1), stride=1, padding=(n // 2, 0))\n", unknown=[["kernelSize", "padding"]]),
    snippet("nn.MaxPool2d((*[3], 2))\n", unknown=[["kernelSize"]]),
    snippet("k = 2\nk += 1\nnn.MaxPool2d(k)\n", unknown=[["kernelSize"]]),
    snippet("k = 2\nif k:\n    k = 3\nnn.MaxPool2d(k)\n", unknown=[["kernelSize"]]),
    snippet("for k in (2, 3):\n    nn.MaxPool2d(k, 2)\n", unknown=[["kernelSize"]]),
    snippet("k = 5\npools = nn.ModuleList(nn.MaxPool2d(k, 1) for k in (3,))\n", unknown=[["kernelSize"]]),
    snippet("config = {'kernel': 3}\nnn.MaxPool2d(config['kernel'], 2)\n", unknown=[["kernelSize"]]),
    snippet("nn.MaxPool2d(2 if x is None else 3)\n", unknown=[["kernelSize"]]),
    snippet("nn.AvgPool2d(2, divisor_override=len(x))\n", unknown=[["divisorOverride"]]),
    snippet("nn.LPPool2d(float(2), 2)\n", unknown=[["norm"]]),
    snippet("args = [3]\nnn.MaxPool2d(*args)\n",
            unknown=[["kernelSize", "stride", "padding", "dilation", "ceilMode", "returnIndices"]]),
    snippet("options = dict(stride=1)\nnn.AvgPool2d(2, **options)\n",
            unknown=[["stride", "padding", "ceilMode", "countIncludePad", "divisorOverride"]]),
    snippet("args = [1]\nnn.MaxPool2d(3, *args, ceil_mode=True)\n",
            unknown=[["stride", "padding", "dilation", "returnIndices"]]),
    snippet("args = [2]\nnn.AdaptiveAvgPool2d(*args)\n", unknown=[["outputSize"]]),
    snippet("nn.MaxPool2d(*(3, 2))\n"),
    snippet("nn.MaxPool2d(*[3], *(2, 1), ceil_mode=True)\n"),
    snippet("nn.MaxPool2d(**{'kernel_size': 3, \"stride\": 2})\n"),
    # Where calls stand.
    snippet("""
import torch.nn as nn

class LeNet(nn.Module):
    \"\"\"A network with nn.MaxPool2d(9).\"\"\"

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(2, 6, 5),
            nn.Tanh(),
            nn.AvgPool2d(2, 2),
            nn.Conv2d(6, 16, kernel_size=5),
            nn.Tanh(),
            nn.AvgPool2d(kernel_size=2, stride=2),
        )

    def forward(self, x):
        return self.features(x)
""", "LeNet()"),
    snippet("""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(2, 6, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = F.max_pool2d(F.relu(x), (2, 2))
        x = F.adaptive_avg_pool2d(x, 1)
        return torch.flatten(x, 1)
""", "Net()(x)"),
    snippet("""
import torch.nn as nn

def make_layers(cfg):
    layers = []
    for v in cfg:
        if v == 'M':
            layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
        else:
            layers += [nn.Conv2d(2, v, kernel_size=3, padding=1), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)
""", "make_layers([8, 'M'])"),
    snippet("""
from collections import OrderedDict
from torch import nn

features = nn.Sequential(OrderedDict([
    ('conv0', nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)),
    ('pool0', nn.MaxPool2d(kernel_size=3, stride=2, padding=1)),
]))
features.add_module('pool', nn.AvgPool2d(kernel_size=2, stride=2))
"""),
    snippet("""
pool = nn.MaxPool2d(
    kernel_size=3,  # overlapping: (3 > 2)
    stride=2,
    # padding=1,
    padding=(
        1,  # rows
        1,
    ),
)
"""),
    snippet("pool = nn.MaxPool2d(3,\n\t\t2,\n\t\t1\n)\n"),
    snippet("pool = nn.MaxPool2d \\\n    (2, \\\n     stride=1)\n"),
    snippet("pool = nn. \\\n    MaxPool2d(2)\n"),
    snippet("pool = (\n    nn\n    .MaxPool2d(2)\n)\n"),
    snippet("if True:\n\tpool = nn.MaxPool2d(2)\n\tif pool:\n\t\tother = nn.AvgPool2d(3)\n"),
    snippet("import torch.nn as nn\r\n\r\n# a file from Windows\r\nclass Net(nn.Module):\r\n    pool = nn.MaxPool2d(\r\n        3,\r\n        stride=2)\r\n"),
    snippet("\ufeffimport torch.nn as nn\npool = nn.MaxPool2d(2)\n"),
    snippet("\ufefffrom torch.nn import MaxPool2d as Pool\nPool(2)\n"),
    snippet("""
# 맥스 풀링 😀: 특징 맵을 절반으로 줄인다
풀링_크기 = 2  # 😀😀
풀링 = nn.MaxPool2d(풀링_크기, stride=1)  # 𝒌 = 2
이름 = {'😀': nn.AvgPool2d(3), "é": nn.MaxPool2d((2, 3))}
"""),
    snippet("from torch.nn import MaxPool2d as 최대풀링\n최대풀링(2)\n"),
    snippet("y = nn.MaxPool2d(2)(nn.AvgPool2d(3, 1, 1)(x))\n"),
    snippet("y = F.max_pool2d(F.avg_pool2d(F.relu(x), 2), kernel_size=F.max_pool2d(x, 23, 1).ndim - 2)\n",
            unknown=[["kernelSize"], [], []]),
    snippet("pool = (lambda k: nn.MaxPool2d(k, stride=2))(3)\n", unknown=[["kernelSize"]]),
    snippet("down = lambda x: F.max_pool2d(x, 2)\n", "down(x)"),
    snippet("pools = [nn.MaxPool2d(2) for _ in range(3)]\n"),
    snippet("pools = {k: nn.MaxPool2d(kernel_size=3, stride=k) for k in (1, 2)}\n", unknown=[["stride"]]),
    snippet("pools = nn.ModuleList(nn.AvgPool2d(3) for _ in range(2))\n"),
    snippet("def block(x, pool=nn.MaxPool2d(2)):\n    return pool(x)\n"),
    snippet("pool = nn.MaxPool2d(2) if True else nn.Identity()\n"),
    snippet("pool = None or nn.AvgPool2d(2)\n"),
    snippet("assert (pool := nn.MaxPool2d(2)) is not None\n"),
    snippet("pool = nn.MaxPool2d((k := 3), stride=2)\n"),
    snippet("pool = nn.MaxPool2d(k := 3, 2)\n"),
    snippet("""
import asyncio

async def pooled(x):
    async with asyncio.Lock():
        return F.max_pool2d(x, 2)
""", "asyncio.run(pooled(x))"),
    snippet("""
def make(kind: str) -> nn.Module:
    match kind:
        case 'max':
            return nn.MaxPool2d(2)
        case 'avg' | 'mean':
            return nn.AvgPool2d(2)
        case _:
            return nn.AdaptiveAvgPool2d(1)
""", "make('max'), make('avg'), make('')"),
    snippet("""
def make(kind):
    if kind == 'max': return nn.MaxPool2d(2, 2)
    elif kind == 'avg': return nn.AvgPool2d(2, 2)
    else:
        raise ValueError(f'no such pooling: {kind!r}, try nn.MaxPool2d(2)')
""", "make('max'), make('avg')"),
    snippet("""
def registered(module):
    return lambda function: function

@registered(nn.MaxPool2d(2))
def forward(x):
    return x
"""),
    snippet("pool: nn.MaxPool2d = nn.MaxPool2d(2)  # type: ignore\n"),
    snippet("class Net(nn.Module):\n    pool: nn.Module = nn.MaxPool2d(2); norm = nn.BatchNorm2d(2)\n"),
    snippet("""
from functools import partial
from torch import nn

pool = partial(nn.MaxPool2d, stride=2)
nn.AvgPool2d(2)
"""),
    snippet("""
class Pool(nn.MaxPool2d):
    def __init__(self):
        super().__init__(2)

nn.MaxPool2d(3)
"""),
    snippet("blocks = nn.Sequential(*[nn.MaxPool2d(2)] * 2, nn.AvgPool2d(2))\n"),
    snippet("print('pooling', nn.MaxPool2d(2), sep=': ', file=open('/dev/null', 'w'))\n"),
    snippet("with torch.no_grad():\n    y = F.max_pool2d(x, 2); z = F.avg_pool2d(x, 2)\n"),
    snippet("global pool\npool = nn.MaxPool2d(2)\n"),
    snippet("nn.MaxPool2d(2, 2,)\n"),
    snippet("nn.MaxPool2d( 2 , stride = 2 )\n"),
    snippet("nn.MaxPool2d(2);\n"),
    snippet("(nn.MaxPool2d)(2)\n"),
    snippet("nn.MaxPool2d(2)"),
]


KERAS = [
    *lines(
        "from keras import layers",
        "layers.MaxPooling2D()",
        "layers.MaxPooling2D(2)",
        "layers.MaxPooling2D((2, 2))",
        "layers.MaxPooling2D([2, 3])",
        "layers.MaxPooling2D(pool_size=2)",
        "layers.MaxPooling2D(pool_size=(2, 2))",
        "layers.MaxPooling2D(pool_size=(3, 3), strides=2)",
        "layers.MaxPooling2D(pool_size=(3, 3), strides=(2, 2), padding='same')",
        "layers.MaxPooling2D(3, strides=1, padding=\"same\")",
        "layers.MaxPooling2D(2, 2, 'same')",
        "layers.MaxPooling2D(3, 2, 'valid', 'channels_last', 'pool1')",
        "layers.MaxPooling2D((2, 2), strides=None, name='pool1')",
        "layers.MaxPooling2D(padding='SAME')",
        "layers.MaxPooling2D(padding='Valid', strides=(1, 2))",
        "layers.MaxPooling2D(2, data_format='channels_first')",
        "layers.MaxPool2D()",
        "layers.MaxPool2D((3, 3), strides=(2, 2), name='block1_pool')",
        "layers.AveragePooling2D(4)",
        "layers.AveragePooling2D(pool_size=(8, 8))",
        "layers.AveragePooling2D(2, strides=2, name='transition_pool')",
        "layers.AveragePooling2D((3, 3), strides=(1, 1), padding='same')",
        "layers.AvgPool2D(3)",
        "layers.AvgPool2D(pool_size=2, strides=1)",
        "layers.GlobalMaxPooling2D()",
        "layers.GlobalMaxPool2D(name='max')",
        "layers.GlobalAveragePooling2D()",
        "layers.GlobalAveragePooling2D(keepdims=True)",
        "layers.GlobalAveragePooling2D(name='avg_pool', data_format='channels_last')",
        "layers.GlobalAvgPool2D()",
        "layers.AdaptiveAveragePooling2D(7)",
        "layers.AdaptiveAveragePooling2D((5, 7))",
        "layers.AdaptiveMaxPooling2D(output_size=[3, 2])",
        "layers.AdaptiveMaxPooling2D(3, data_format='channels_last')",
    ),
    # TensorFlow's functions.
    *lines(
        "import tensorflow as tf",
        "tf.nn.max_pool2d(x, 2, 2, 'SAME')",
        "tf.nn.max_pool2d(x, ksize=2, strides=2, padding='VALID')",
        "tf.nn.max_pool2d(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')",
        "tf.nn.max_pool2d(input=x, ksize=(3, 2), strides=(2, 1), padding=\"VALID\")",
        "tf.nn.max_pool2d(x, [3], [2], 'SAME', name='pool')",
        "tf.nn.max_pool2d(x, 3, None, 'SAME')",
        "tf.nn.max_pool2d(x, (1, 3, 2, 1), [1, 1, 2, 1], 'VALID', 'NHWC')",
        "tf.nn.avg_pool2d(x, 2, 2, 'VALID')",
        "tf.nn.avg_pool2d(x, ksize=[3, 3], strides=[2, 2], padding='SAME', data_format='NHWC')",
        "tf.nn.avg_pool2d(input=x, ksize=[1, 3, 3, 1], strides=1, padding='SAME')",
        "tf.nn.max_pool(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')",
        "tf.nn.max_pool(x, [2, 2], [2, 2], 'VALID')",
        "tf.nn.avg_pool(x, [1, 3, 3, 1], [1, 2, 2, 1], padding='SAME')",
        "tf.compat.v1.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')",
    ),
    snippet("tf.nn.max_pool2d(x, 2, 2, [[0, 0], [1, 1], [1, 1], [0, 0]])\n", unknown=[["padding"]]),
    snippet("def pool(x, k=2):\n    return tf.nn.max_pool2d(x, ksize=[1, k, k, 1], strides=[1, k, k, 1], padding='SAME')\n",
            "pool(x)", [["kernelSize", "stride"]]),
    snippet("def pool(x, k):\n    return tf.nn.max_pool(x, ksize=[1, k, k, 1], strides=[1, 2, 2, 1], padding='SAME')\n",
            "pool(x, 3)", [["kernelSize"]]),
    snippet("size = [1, 2, 2, 1]\ntf.nn.avg_pool(x, size, strides=size, padding='VALID')\n"),
    snippet("def pool(x, k=2):\n    return tf.nn.avg_pool2d(x, ksize=k, strides=2, padding='VALID')\n", "pool(x)", [["kernelSize"]]),
    # Imports of all kinds.
    snippet("import keras\nkeras.layers.MaxPooling2D(3)\n"),
    snippet("import keras\nlayers = keras.layers\nlayers.MaxPooling2D(3)\n"),
    snippet("import keras as K\nK.layers.AvgPool2D(4)\n"),
    snippet("import keras.layers\nkeras.layers.MaxPooling2D(3)\n"),
    snippet("import keras.layers as KL\nKL.MaxPooling2D(3)\n"),
    snippet("from keras.layers import MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("from keras.layers import Conv2D, MaxPool2D as Pool, Flatten\nPool()\n"),
    snippet("from keras.layers import *\nMaxPooling2D(3), GlobalAveragePooling2D()\n"),
    snippet("from keras.src.layers import MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("from keras.src.layers.pooling.max_pooling2d import MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("from keras.api.layers import AveragePooling2D\nAveragePooling2D(3)\n"),
    snippet("from keras.layers.pooling import MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("from keras.layers.convolutional import Conv2D, MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("import tensorflow as tf\ntf.keras.layers.MaxPooling2D(3)\n"),
    snippet("import tensorflow as tf\nkeras = tf.keras\nkeras.layers.MaxPooling2D(3)\n"),
    snippet("import tensorflow as tf\nL = tf.keras.layers\nL.MaxPool2D(3)\n"),
    snippet("import tensorflow\ntensorflow.keras.layers.MaxPooling2D(3)\n"),
    snippet("import tensorflow.compat.v2 as tf\ntf.keras.layers.MaxPooling2D(3)\n"),
    snippet("from tensorflow import keras\nkeras.layers.MaxPooling2D(3)\n"),
    snippet("from tensorflow import keras\nfrom tensorflow.keras import layers\nlayers.MaxPooling2D(3)\n"),
    snippet("from tensorflow.keras import layers, models\nlayers.MaxPooling2D((2, 2))\n"),
    snippet("from tensorflow.keras.layers import MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("from tensorflow.keras.layers import *\nMaxPooling2D(3)\n"),
    snippet("import tensorflow.keras.layers as L\nL.MaxPooling2D(3)\n"),
    snippet("from tensorflow.keras.layers import (Conv2D, MaxPooling2D,\n                                     GlobalMaxPooling2D)\nMaxPooling2D(3)\nGlobalMaxPooling2D()\n"),
    snippet("from tensorflow.python.keras.layers import MaxPooling2D\nMaxPooling2D(3)\n"),
    snippet("from tensorflow.nn import max_pool2d\nmax_pool2d(x, 2, 2, 'SAME')\n"),
    snippet("import tensorflow.nn as tfn\ntfn.avg_pool2d(x, 2, 2, 'SAME')\n"),
    snippet("import tf_keras\ntf_keras.layers.MaxPooling2D(3)\n"),
    snippet("import keras_core as keras\nkeras.layers.MaxPooling2D(3)\n"),
    snippet("""
try:
    from tensorflow.keras.layers import MaxPooling2D
except ImportError:
    from keras.layers import MaxPooling2D

pool = MaxPooling2D(pool_size=(2, 2))
"""),
    snippet("""
from keras import layers

def pool(x):
    return layers.MaxPooling2D(2)(x)

y = pool(x)
layers = [pool]
"""),
    snippet("from keras import layers\nlayers = layers.MaxPooling2D(3)(x)\n"),
    # No import in sight.
    snippet("layers.MaxPooling2D((2, 2))\n"),
    snippet("keras.layers.AveragePooling2D(3)\n"),
    snippet("tf.keras.layers.GlobalAveragePooling2D()\n"),
    snippet("tf.nn.max_pool2d(x, 2, 2, 'VALID')\n"),
    # What does not stand in the source, and what cannot be a setting.
    snippet("""
def block(x, pool_size, padding='same'):
    return layers.MaxPooling2D(pool_size, padding=padding)(x)
""", "block(x, 3)", [["kernelSize", "padding"]]),
    snippet("options = {'strides': 2}\nlayers.AveragePooling2D(3, **options)\n", unknown=[["stride", "padding"]]),
    snippet("args = (3, 2)\nlayers.AveragePooling2D(*args)\n", unknown=[["kernelSize", "stride", "padding"]]),
    snippet("layers.MaxPooling2D(pool_size=max(2, 3), strides=2)\n", unknown=[["kernelSize"]]),
    snippet("layers.MaxPooling2D(2, padding='causal')\n", unknown=[["padding"]]),
    snippet("layers.MaxPooling2D(2, padding=None)\n", unknown=[["padding"]]),
    snippet("size = 4\nsize = size - 1\nlayers.AdaptiveAveragePooling2D(size)\n", unknown=[["outputSize"]]),
    snippet("layers.MaxPooling2D(2, 0)\n"),
    # Where calls stand.
    snippet("""
from tensorflow import keras
from tensorflow.keras import layers

model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Conv2D(64, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Flatten(),
])
"""),
    snippet("""
from keras.models import Sequential
from keras.layers import Dense, Conv2D, MaxPooling2D, Dropout

model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(MaxPooling2D())
"""),
    snippet("""
import keras
from keras import layers

inputs = keras.Input((32, 32, 3))
h = layers.Conv2D(16, 3, padding="same")(inputs)
h = layers.MaxPooling2D(3, strides=2, padding="same")(h)
residual = layers.AveragePooling2D(1, strides=2)(inputs)
outputs = layers.GlobalAveragePooling2D()(h)
model = keras.Model(inputs, outputs)
"""),
    snippet("""
import tensorflow as tf

class Net(tf.keras.Model):
    POOL = 2

    def __init__(self):
        super().__init__()
        self.pool = tf.keras.layers.MaxPool2D(pool_size=(2, 2),
                                              strides=(2, 2))

    def call(self, x):
        x = self.pool(x)
        return tf.nn.avg_pool2d(x, ksize=2, strides=1, padding='VALID')
""", "Net()(x)"),
    snippet("""
import tensorflow as tf

@tf.function
def pool(x):
    return tf.nn.max_pool2d(x, 3, 2, "SAME")
""", "pool.python_function(x)"),
    snippet("""
POOL_SIZE = (3, 3)
PADDING = 'same'
pool = layers.MaxPooling2D(
    pool_size=POOL_SIZE,
    strides=2,
    padding=PADDING,  # keeps the corners
)(x)
"""),
    snippet("x = keras.layers.MaxPooling2D((2, 2), name='풀링😀')(x); x = keras.layers.AveragePooling2D(2)(x)\n"),
    snippet("pooled = [layers.MaxPooling2D(2)(x) for _ in range(2)] + [layers.GlobalMaxPooling2D()(x)]\n"),
    snippet("layers.AveragePooling2D(4, **{'padding': 'same'})\n"),
]
