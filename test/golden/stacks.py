"""Stacks of layers as PyTorch sees them: writes stacks.json beside this file.

    /usr/bin/python3 test/golden/stacks.py

Every case is the shape of an input, a list of layers as the product's interface writes them, and
- "rows": behind each layer the shape and the parameters of the real layers, and the receptive field;
- "error" and "layer", if PyTorch refuses one of them: its words and which;
- "fields": for each row and each column of the last layer's output the rows or columns of the input that it sees, found by gradients,
  as [start, end), without what lies beyond the border;
- "uncovered": the rows and columns of the input that no pixel of the last layer sees, by gradients.

Receptive field, jump and start follow from the formulas of Araujo, Norris and Sim (Computing Receptive Fields of Convolutional Neural
Networks, Distill 2019), and are checked by the gradient of pixels in the middle of an input so large that no border is near.
Behind uneven adaptive windows the receptive field is the largest one of all pixels' gradients, and there is no jump and no start.

Left out: stacks behind which dilation leaves nothing to see.

For gradients each layer is replaced by one with the same windows and positive weights: a convolution of ones in float64 for maxima and
convolutions, an average for the rest. How many windows there are is what the real layer says.
"""
import json
import pathlib
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

from refusals import refusal

SEED = 20240702
rng = random.Random(SEED)


class MaxBlur(nn.Module):
    def __init__(self, kernel, stride):
        super().__init__()
        self.kernel, self.stride = kernel, stride

    def forward(self, x):
        maxima = F.pad(F.max_pool2d(x, self.kernel, 1), (1, 1, 1, 1), mode="reflect")
        return F.conv2d(maxima, torch.ones(x.shape[1], 1, 3, 3), stride=self.stride, groups=x.shape[1])


class Negated(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return -self.layer(-x)


def pads(layer):
    padding = layer["padding"]
    return padding if padding == "same" else (padding["top"], padding["left"])


def module(layer, channels):
    """The real layer."""
    operator, kernel, stride = layer["operator"], layer.get("kernelSize"), layer.get("stride")
    if operator == "conv":
        return nn.Conv2d(
            channels, layer["outChannels"], kernel, stride, pads(layer), layer["dilation"], layer.get("groups", 1), layer.get("bias", True)
        )
    if operator in ("max", "min"):
        pool = nn.MaxPool2d(kernel, stride, pads(layer), layer["dilation"], ceil_mode=layer["ceilMode"])
        return pool if operator == "max" else Negated(pool)
    if operator == "average":
        return nn.AvgPool2d(kernel, stride, pads(layer), layer["ceilMode"], layer["countIncludePad"])
    if operator == "lp":
        return nn.LPPool2d(layer["norm"], kernel, stride, layer["ceilMode"])
    if operator == "maxBlur":
        return MaxBlur(kernel, stride)
    size = layer.get("outputSize", 1)
    return nn.AdaptiveMaxPool2d(size) if operator in ("adaptiveMax", "globalMax") else nn.AdaptiveAvgPool2d(size)


def ones(x, kernel, stride, before, dilation, shape):
    """The sums of windows that may hang over, as many as the real layer has."""
    after = [s * n + d * k for s, n, d, k in zip(stride, shape, dilation, kernel)]
    x = F.pad(x, (before[1], after[1], before[0], after[0]))
    sums = F.conv2d(x, torch.ones(1, 1, *kernel, dtype=torch.float64), stride=stride, dilation=dilation)
    return sums[:, :, : shape[0], : shape[1]]


def positive(x, layer, shape):
    """A layer with the same windows and positive weights; `shape` is the real layer's output height and width."""
    operator, kernel, stride = layer["operator"], layer.get("kernelSize"), layer.get("stride")
    if operator in ("conv", "max", "min"):
        before = pads(layer)
        if before == "same":
            before = [d * (k - 1) // 2 for d, k in zip(layer["dilation"], kernel)]
        return ones(x, kernel, stride, before, layer["dilation"], shape)
    if operator == "average":
        return F.avg_pool2d(x, kernel, stride, pads(layer), layer["ceilMode"])
    if operator == "lp":
        return F.avg_pool2d(x, kernel, stride, 0, layer["ceilMode"])
    if operator == "maxBlur":
        maxima = F.pad(F.avg_pool2d(x, kernel, 1), (1, 1, 1, 1), mode="reflect")
        return F.conv2d(maxima, torch.ones(1, 1, 3, 3, dtype=torch.float64), stride=stride)
    return F.adaptive_avg_pool2d(x, layer.get("outputSize", 1))


def shapes_of(shape, layers):
    """Shape and parameters behind each layer, and the refusal of one, if there is any."""
    x = torch.zeros(shape)
    behind = []
    for number, layer in enumerate(layers):
        try:
            built = module(layer, x.shape[1])
            x = built(x).detach()
        except (RuntimeError, ValueError) as error:
            return behind, {"error": refusal(error), "layer": number}
        behind.append({"shape": list(x.shape), "parameters": sum(p.numel() for p in built.parameters())})
    return behind, None


def trace(height, width, layers, shapes):
    x = torch.ones(1, 1, height, width, dtype=torch.float64, requires_grad=True)
    y = x
    for layer, shape in zip(layers, shapes):
        y = positive(y, layer, shape)
        assert list(y.shape[2:]) == list(shape), (layer, y.shape, shape)
    return x, y


def span(seen):
    at = seen.nonzero().flatten()
    return [int(at[0]), int(at[-1]) + 1] if len(at) else [0, 0]


def seen_by(x, pixels, axis):
    (gradient,) = torch.autograd.grad(pixels.sum(), x, retain_graph=True)
    return gradient[0, 0].sum(1 - axis) != 0


def fields_of(height, width, layers, shapes):
    x, y = trace(height, width, layers, shapes)
    rows = [span(seen_by(x, y[:, :, i], 0)) for i in range(y.shape[2])]
    columns = [span(seen_by(x, y[:, :, :, i], 1)) for i in range(y.shape[3])]
    return rows, columns, [gaps(seen_by(x, y, axis)) for axis in (0, 1)]


def gaps(seen):
    spans = []
    for at, is_seen in enumerate(seen.tolist()):
        if is_seen:
            continue
        if spans and spans[-1][1] == at:
            spans[-1][1] += 1
        else:
            spans.append([at, at + 1])
    return spans


def is_adaptive(layer):
    return "outputSize" in layer or layer["operator"].startswith("global")


def windows(layer, shape, axis):
    """Effective kernel, stride and padding before, for the formulas; None for uneven windows."""
    if is_adaptive(layer):
        size = layer.get("outputSize", [1, 1])[axis]
        size = shape[2 + axis] if size is None else size
        if shape[2 + axis] % size != 0:
            return None
        return shape[2 + axis] // size, shape[2 + axis] // size, 0
    kernel, stride = layer["kernelSize"][axis], layer["stride"][axis]
    if layer["operator"] == "maxBlur":
        return kernel + 2, stride, 1
    if layer["operator"] in ("lp", "average"):
        return kernel, stride, pads(layer)[axis] if "padding" in layer else 0
    reach = layer["dilation"][axis] * (kernel - 1)
    return reach + 1, stride, reach // 2 if layer["padding"] == "same" else pads(layer)[axis]


def formulas(shapes, layers, axis):
    """Receptive field, jump and start; None behind uneven windows."""
    r, j, start = 1, 1, 0
    for layer, shape in zip(layers, shapes):
        found = windows(layer, shape, axis)
        if found is None:
            return None
        e, s, p = found
        r, start, j = r + (e - 1) * j, start + ((e - 1) / 2 - p) * j, j * s
    return r, j, start


def field_row(shape, layers, behind):
    shapes = [shape] + [row["shape"] for row in behind]
    found = [formulas(shapes, layers, axis) for axis in (0, 1)]
    if None in found:
        rows, columns, _ = fields_of(*shape[2:], layers, [s[2:] for s in shapes[1:]])
        largest = [max(end - start for start, end in spans) for spans in (rows, columns)]
        return {"receptiveField": largest, "jump": [None, None], "start": [None, None]}
    if not any(map(is_adaptive, layers)):
        check_by_gradient(layers, found)
    return {"receptiveField": [r for r, _, _ in found], "jump": [j for _, j, _ in found], "start": [s for _, _, s in found]}


def check_by_gradient(layers, found):
    """The fields of two neighbours in the middle of a large input are where and as large as the formulas say."""
    size = [3 * r + 6 * j for r, j, _ in found]
    large, _ = shapes_of([1, 12, *size], [{**layer, "groups": 1} if layer["operator"] == "conv" else layer for layer in layers])
    x, y = trace(*size, layers, [row["shape"][2:] for row in large])
    for axis, (r, j, start) in enumerate(found):
        middle = y.shape[2 + axis] // 2
        spans = [span(seen_by(x, y.select(2 + axis, i), axis)) for i in (middle, middle + 1)]
        assert spans[0][0] > 0 and spans[1][1] < size[axis], "a border is near"
        assert [end - begin for begin, end in spans] == [r, r], (layers, spans, r)
        assert spans[1][0] - spans[0][0] == j, (layers, spans, j)
        assert (spans[0][0] + spans[0][1] - 1) / 2 == start + middle * j, (layers, spans, start)


def padding_for(kernel, most):
    v, h = (rng.randint(0, min(k // 2, most)) for k in kernel)
    return {"top": v, "bottom": v, "left": h, "right": h}


def draw(channels):
    operator = rng.choice(["conv"] * 5 + ["max"] * 3 + ["average"] * 2 + ["min", "lp", "maxBlur"])
    kernel = [rng.randint(1, 4), rng.randint(1, 4)]
    stride = [rng.choice([1, 1, 2, 3]), rng.choice([1, 1, 2, 3])]
    layer = {"operator": operator, "kernelSize": kernel, "stride": stride}
    dilation = rng.choice([[1, 1], [1, 1], [2, 1], [2, 3]])
    if operator == "conv":
        groups = rng.choice([g for g in (1, 2, 3, channels) if channels % g == 0])
        layer.update(outChannels=groups * rng.randint(1, 3), padding=padding_for(kernel, 3), dilation=dilation)
        if groups > 1 or rng.random() < 0.2:
            layer["groups"] = groups
        if rng.random() < 0.4:
            layer["bias"] = rng.random() < 0.5
        if rng.random() < 0.2:
            layer.update(padding="same", stride=[1, 1])
        elif rng.random() < 0.2:
            # A convolution's padding may be as wide as one likes: windows at the border then see nothing.
            v, h = rng.randint(0, 6), rng.randint(0, 6)
            layer["padding"] = {"top": v, "bottom": v, "left": h, "right": h}
        return layer
    if operator == "lp":
        return {**layer, "norm": 2, "ceilMode": rng.random() < 0.5}
    if operator == "maxBlur":
        return layer
    layer.update(padding=padding_for(kernel, 2), dilation=dilation, ceilMode=rng.random() < 0.4, countIncludePad=rng.random() < 0.5)
    if operator == "average":
        layer["dilation"] = [1, 1]
    return layer


def draw_adaptive(height, width):
    operator = rng.choice(["adaptiveMax", "adaptiveAverage"])
    sizes = [rng.choice([1, 2, 3, size - 1, size + 2, max(size // 2, 1), None]) or None for size in (height, width)]
    return {"operator": operator, "outputSize": sizes}


def draw_illegal(channels):
    """A layer that is refused, most of them convolutions."""
    layer = draw(channels)
    while layer["operator"] not in ("conv", "max", "average"):
        layer = draw(channels)
    if layer["operator"] != "conv":
        bad = rng.choice([
            {"stride": [0, 1]}, {"stride": [1, -1]}, {"kernelSize": [90, 2]}, {"kernelSize": [2, 2], "padding": {"top": 2, "bottom": 2, "left": 0, "right": 0}},
        ])
        return {**layer, "dilation": [1, 1], "padding": padding_for([1, 1], 0), **bad}
    layer = {**layer, "groups": 1, "outChannels": 2, "padding": padding_for([1, 1], 0), "dilation": [1, 1]}
    negative = {"top": -1, "bottom": -1, "left": 0, "right": 0}
    return {**layer, **rng.choice([
        {"groups": 0}, {"groups": -1}, {"groups": channels + 1}, {"groups": channels, "outChannels": channels + 1} if channels > 1 else {"groups": 0},
        {"padding": "same", "stride": [2, 1]}, {"padding": "same", "stride": [1, 0]}, {"padding": "same", "kernelSize": [2, 2], "dilation": [0, 1]},
        {"outChannels": -1}, {"outChannels": 0}, {"outChannels": 0, "stride": [0, 1]}, {"outChannels": -2, "kernelSize": [-1, 2]},
        {"kernelSize": [-1, -2]}, {"kernelSize": [2, -3]}, {"kernelSize": [0, 2]}, {"kernelSize": [0, 99]}, {"kernelSize": [99, 2]},
        {"kernelSize": [3, 3], "dilation": [40, 30]}, {"stride": [0, 1]}, {"stride": [1, -2]}, {"dilation": [0, 1]}, {"dilation": [1, -1], "kernelSize": [1, 1]},
        {"padding": negative}, {"padding": negative, "stride": [0, 0]}, {"kernelSize": [99, 99], "stride": [0, 1]}, {"outChannels": 0, "padding": negative},
        {"kernelSize": [0, 0], "stride": [0, 0]}, {"kernelSize": [0, 1], "padding": negative},
    ])}


def case(kind):
    shape = [1, rng.choice([1, 2, 3, 4]), rng.randint(12, 34), rng.randint(12, 34)]
    layers, now = [], shape
    places = rng.randint(1, 5)
    for place in range(places):
        layer = draw(now[1])
        if kind == "adaptive" and (place == places - 1 or rng.random() < 0.3):
            layer = draw_adaptive(*now[2:])
        if kind == "global" and place == places - 1:
            layer = {"operator": rng.choice(["globalMax", "globalAverage"])}
        behind, refused = shapes_of(shape, layers + [layer])
        if refused:
            continue
        layers.append(layer)
        now = behind[-1]["shape"]
    if kind == "refused":
        layers += [draw_illegal(now[1]), draw(now[1])]
    behind, refused = shapes_of(shape, layers)
    if not layers or kind == "refused" and not refused:
        return None
    legal = layers[: len(behind)]
    rows = [{**row, **field_row(shape, legal[: i + 1], behind[: i + 1])} for i, row in enumerate(behind)]
    result = {"shape": shape, "layers": layers, "rows": rows}
    if refused:
        return {**result, **refused}
    rows_seen, columns_seen, uncovered = fields_of(*shape[2:], layers, [row["shape"][2:] for row in behind])
    if not any(map(any, rows_seen)):
        return None
    return {**result, "fields": [rows_seen, columns_seen], "uncovered": uncovered}


def main():
    cases = []
    for kind, count in (("plain", 60), ("adaptive", 50), ("global", 10), ("refused", 90)):
        wanted = len(cases) + count
        while len(cases) < wanted:
            found = case(kind)
            if found:
                cases.append(found)
    path = pathlib.Path(__file__).with_name("stacks.json")
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
    path.write_text(f'{{"torch":"{torch.__version__}","seed":{SEED},"cases":[\n{lines}\n]}}\n')
    uneven = sum(case["rows"][-1]["jump"] == [None, None] for case in cases if case["rows"])
    print(f"{len(cases)} stacks, {sum('error' in case for case in cases)} refused, {uneven} uneven, {path.stat().st_size} bytes")


main()
