"""Golden values from real PyTorch for the poolings beside max, average and min: writes operators.json beside this file.

    /usr/bin/python3 test/golden/operators.py

Every case is one input, one layer as the product's interface writes it, and what PyTorch makes of it: values, indices, or the
refusal. Values are compared bit for bit, or, where a case says "close", to one part in a million:
- The average of a whole picture (AdaptiveAvgPool2d(1)) of floats is a mean, whose order of addition depends on the processor.
- Lp pooling: powers and roots differ in the last digit from processor to processor.
- Max then blur: the layers of the definition, one after the other; the filter is applied to the maxima in float64.
Left out:
- which words refuse a float among the sizes: 1.13 has others than the versions since;
- Lp with an infinite norm, for which PyTorch gives 1: the product refuses it.
The words of reflection's refusal are those of the versions since 2.0, which name the shape and not the number of dimensions.
"""
import json
import math
import pathlib
import random
import re

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from refusals import refusal
from samples import channels_last, samples, text

SEED = 20240701
rng = random.Random(SEED)
noise = np.random.default_rng(SEED)


def size_like(size):
    return rng.choice([1, 2, 3, size - 1, size, size + 1, rng.randint(1, 2 * size), None])


def adaptive(kind, operator):
    height, width = rng.randint(1, 11), rng.randint(1, 11)
    size = [size_like(height), size_like(width)]
    if rng.random() < 0.1:
        size = rng.choice([[0, 3], [0, 0], [2, 0], [-1, 2], [2, -1], [-2, -3], [-1, None]])
    return (height, width), {"operator": operator, "outputSize": size}


def whole(kind, operator):
    return (rng.randint(1, 9), rng.randint(1, 9)), {"operator": operator}


def lp(kind, operator):
    height, width = rng.randint(1, 11), rng.randint(1, 11)
    kernel = [rng.randint(1, 4), rng.randint(1, 4)]
    norm = rng.choice([1, 2, 2, 3, 4, 0.5, 1.5, -1, -0.5, -2, 20])
    layer = {"operator": operator, "norm": norm, "kernelSize": kernel, "stride": [rng.randint(1, 4), rng.randint(1, 4)]}
    layer["ceilMode"] = rng.random() < 0.5
    if rng.random() < 0.3:
        del layer["stride"]
    if rng.random() < 0.12:
        layer.update(rng.choice([
            {"norm": 0}, {"norm": 0, "kernelSize": [40, 2]}, {"kernelSize": [0, 2], "stride": [1, 1]}, {"kernelSize": [2, -3], "stride": [1, 1]},
            {"stride": [0, 1]}, {"stride": [2, -1]}, {"kernelSize": [12, 12]}, {"kernelSize": [2, 13], "stride": [3, 2]},
        ]))
    return (height, width), layer


def max_blur(kind, operator):
    height, width = rng.randint(2, 11), rng.randint(2, 11)
    layer = {"operator": operator, "kernelSize": [rng.randint(1, 4), rng.randint(1, 4)], "stride": [rng.randint(1, 3), rng.randint(1, 3)]}
    if rng.random() < 0.2:
        layer.update(rng.choice([
            {"kernelSize": [height, 1]}, {"kernelSize": [1, width]}, {"kernelSize": [height, width]}, {"kernelSize": [height + 3, 1], "stride": [2, 2]},
            {"kernelSize": [1, width + 2], "stride": [3, 3]}, {"stride": [0, 1]}, {"stride": [1, -2]}, {"kernelSize": [0, 2]},
            {"kernelSize": [height, 2], "stride": [0, 0]},
        ]))
    return (height, width), layer


OPERATORS = {
    "adaptiveMax": (adaptive, 60),
    "adaptiveAverage": (adaptive, 70),
    "globalMax": (whole, 14),
    "globalAverage": (whole, 18),
    "lp": (lp, 130),
    "maxBlur": (max_blur, 60),
}
KEEPS_TYPE = ("adaptiveMax", "globalMax")


def run(x, layer):
    operator = layer["operator"]
    stride = layer.get("stride")
    if operator in ("adaptiveMax", "globalMax"):
        return nn.AdaptiveMaxPool2d(layer.get("outputSize", 1), return_indices=True)(x)
    if operator in ("adaptiveAverage", "globalAverage"):
        return nn.AdaptiveAvgPool2d(layer.get("outputSize", 1))(x), None
    if operator == "lp":
        return nn.LPPool2d(layer["norm"], layer["kernelSize"], stride, layer["ceilMode"])(x), None
    maxima = F.pad(F.max_pool2d(x, layer["kernelSize"], 1), (1, 1, 1, 1), mode="reflect").double()
    line = torch.tensor([1.0, 2, 1], dtype=torch.float64)
    weight = (torch.outer(line, line) / 16).expand(x.shape[1], 1, 3, 3)
    return F.conv2d(maxima, weight, stride=stride, groups=x.shape[1]).float(), None


def expected(array, layer):
    try:
        values, indices = run(torch.from_numpy(array.astype(np.float32)), layer)
    except (RuntimeError, ZeroDivisionError) as error:
        message = refusal(error)
        if message.endswith("of input 4"):
            kernel = layer["kernelSize"]
            maxima = [1, array.shape[1], array.shape[2] - kernel[0] + 1, array.shape[3] - kernel[1] + 1]
            message = re.sub(r"4$", str(maxima), message)
        return {"error": message}
    data = channels_last(values)
    kept = layer["operator"] in KEEPS_TYPE
    result = {"shape": list(values.shape), "data": text(data.astype(array.dtype) if kept else data)}
    if not kept:
        result["type"] = "float32"
    if indices is not None:
        result["indices"] = text(channels_last(indices).astype(np.int32))
    is_float = array.dtype == np.float32
    is_mean = layer["operator"] == "globalAverage" or list(values.shape[2:]) == [1, 1]
    if layer["operator"] in ("lp", "maxBlur") or not kept and is_float and is_mean:
        result["close"] = True
    return result


def main():
    cases = []
    for operator, (draw, count) in OPERATORS.items():
        for _ in range(count):
            kind = rng.choice(["uint8", "uint8", "uint16", "float32", "float32"])
            (height, width), layer = draw(kind, operator)
            array = samples(rng, noise, kind, (1, rng.randint(1, 3), height, width))
            result = expected(array, layer)
            case = {"type": kind, "shape": list(array.shape), "input": text(channels_last(torch.from_numpy(array.astype(np.float32))).astype(array.dtype))}
            cases.append({**case, "layer": layer, "result": result})
    # A sum so small that nothing is left of the quotient: adaptive averages can be -0.
    tiny = np.array([[[[-1e-45, -0.0, -1e-45, -1e-45]]]], np.float32)
    layer = {"operator": "adaptiveAverage", "outputSize": [1, 2]}
    cases.append({"type": "float32", "shape": [1, 1, 1, 4], "input": text(tiny), "layer": layer, "result": expected(tiny, layer)})
    path = pathlib.Path(__file__).with_name("operators.json")
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path.write_text(f'{{"torch":"{torch.__version__}","seed":{SEED},"cases":[\n{lines}\n]}}\n')
    refused = sum("error" in case["result"] for case in cases)
    odd = sum("data" in case["result"] and case["layer"]["operator"] == "lp" for case in cases)
    print(f"{len(cases)} cases, {refused} refused, {odd} of Lp with values, {path.stat().st_size} bytes")


main()
