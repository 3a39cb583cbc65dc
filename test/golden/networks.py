"""Networks as people write them, and what their framework makes of them: writes networks-pytorch.json or networks-keras.json beside this file.

    /usr/bin/python3 test/golden/networks.py pytorch
    KERAS_BACKEND=numpy python3 test/golden/networks.py keras      (Keras 3, from pip: keras numpy scipy)

Each file in networks/ is run. Its first line has the channels, height and width of the input; the network is what it calls `net` or
`model`, else its last class. Every case is that file's name, the input's shape, the name of the stack and, for each pooling and each
convolution in the order of the attributes or of `Sequential`,
- "shape": [1, C, H, W] behind it, when each layer reads what the one before it gives,
- "parameters",
- "layers": 2 for a separable convolution, which is two layers of a stack.

All other layers of the framework, before the first that is not for pictures, have to keep the shape. Layers of the file's own are left out.
"""
import json
import pathlib
import re
import sys
import types

HERE = pathlib.Path(__file__).parent


class Pytorch:
    def __init__(self):
        import torch
        from torch import nn

        torch.manual_seed(0)
        self.torch, self.nn, self.version = torch, nn, torch.__version__
        self.window = (
            nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d, nn.LPPool2d, nn.AdaptiveMaxPool2d, nn.AdaptiveAvgPool2d,
        )
        self.base, self.end, self.stack_name = nn.Module, (nn.Linear, nn.Flatten), "nn.Sequential"
        self.no_layer = nn.modules.loss._Loss

    def children(self, network):
        # Not `children()`, which has a layer only once.
        return network._modules.values()

    def is_stack(self, layer):
        return isinstance(layer, self.nn.Sequential)

    def apply(self, layer, shape):
        with self.torch.no_grad():
            out = list(layer(self.torch.zeros(shape)).shape)
        return out, sum(p.numel() for p in layer.parameters())

    def is_own(self, layer):
        return not type(layer).__module__.startswith("torch.")


class Keras:
    def __init__(self):
        import keras

        tensorflow = types.ModuleType("tensorflow")
        tensorflow.keras = keras
        sys.modules.update({
            "tensorflow": tensorflow, "tensorflow.keras": keras, "tensorflow.keras.layers": keras.layers, "tensorflow.keras.models": keras.models,
        })
        self.keras, self.version = keras, keras.__version__
        named = [
            "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D", "GlobalMaxPooling2D",
            "GlobalAveragePooling2D", "AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D",
        ]
        self.window = tuple(getattr(keras.layers, name) for name in named)
        self.base, self.end, self.stack_name = keras.Model, (keras.layers.Dense, keras.layers.Flatten), "keras.Sequential"
        self.no_layer = (keras.metrics.Metric, keras.layers.InputLayer)

    def children(self, network):
        return network.layers

    def is_stack(self, layer):
        return isinstance(layer, self.keras.Sequential)

    def apply(self, layer, shape):
        n, c, h, w = shape
        if not layer.built:
            layer.build((n, h, w, c))
        out = list(layer.compute_output_shape((n, h, w, c)))
        # A global pooling may drop height and width.
        shape = [n, out[-1], *(out[1:3] if len(out) == 4 else (1, 1))]
        return shape, layer.count_params()

    def is_own(self, layer):
        return not type(layer).__module__.startswith("keras.")


def network_in(source, framework):
    names = {"__name__": "network"}
    exec(source, names)
    for name in ("net", "model"):
        if name in names:
            network = names[name]
            return network, framework.stack_name if framework.is_stack(network) else type(network).__name__
    own = [value for value in names.values() if isinstance(value, type) and value.__module__ == "network" and issubclass(value, framework.base)]
    return own[-1](), own[-1].__name__


def rows_of(network, shape, framework):
    rows, at = [], shape
    leaves = []

    def visit(layer):
        if framework.is_stack(layer):
            for child in framework.children(layer):
                visit(child)
        else:
            leaves.append(layer)

    for child in framework.children(network):
        visit(child)
    for layer in leaves:
        if isinstance(layer, framework.end):
            break
        if isinstance(layer, framework.no_layer) or framework.is_own(layer):
            continue
        out, parameters = framework.apply(layer, at)
        if isinstance(layer, framework.window):
            row = {"shape": out, "parameters": parameters}
            rows.append({**row, "layers": 2} if type(layer).__name__ == "SeparableConv2D" else row)
        else:
            assert out == at, (layer, at, out)
        at = out
    return rows


def main(name):
    framework = {"pytorch": Pytorch, "keras": Keras}[name]()
    cases = []
    for path in sorted((HERE / "networks" / name).glob("*.py")):
        source = path.read_text()
        shape = [1, *map(int, re.match(r"# input: (\d+), (\d+), (\d+)\n", source).groups())]
        network, stack = network_in(source, framework)
        cases.append({"file": f"{name}/{path.name}", "shape": shape, "name": stack, "rows": rows_of(network, shape, framework)})
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (HERE / f"networks-{name}.json").write_text(f'{{"{name}":"{framework.version}","cases":[\n{lines}\n]}}\n')
    print(f"{len(cases)} networks, {sum(len(case['rows']) for case in cases)} layers")


main(*sys.argv[1:])
