"""Golden values from real PyTorch: writes pytorch.json beside this file.

Run it with a Python that has torch, for instance Debian's python3-torch (1.13):  /usr/bin/python3 test/golden/pytorch.py

Every case is one input, one set of options, and what max_pool2d, avg_pool2d and the negated max_pool2d of
the negated input make of it: values, indices, or the refusal.
Three things differ between PyTorch 1.13 and the current one, whose rules the product follows:
- 1.13 allows padding up to half the kernel, now it is half the dilated kernel. Such cases are pooled here with F.pad, without indices.
- the words of that refusal: translated below; refusals that only one of the versions makes are left out.
- which words refuse a float among the sizes: left out, see the unit test of the geometry.
Asymmetric padding, which PyTorch has not, is F.pad before pooling, too (only with floor sizes and with counted padding).
"""
import base64
import json
import math
import pathlib
import random

import numpy as np
import torch
import torch.nn.functional as F

from refusals import refusal
from samples import channels_last, samples, text

SEED = 20240607
rng = random.Random(SEED)
noise = np.random.default_rng(SEED)


def min_pool(x, element, o):
    """No layer of PyTorch's own: -max_pool2d(-x), and so its values, indices and refusals are."""
    negated = max_pool(-x, np.float32, o)
    if "error" in negated:
        return negated
    data = -np.frombuffer(base64.b64decode(negated["data"]), np.float32)
    # A window without a single pixel is inf, see below.
    if element != np.float32 and np.isposinf(data).any():
        return {**negated, "data": text(data), "type": "float32"}
    return {**negated, "data": text(data.astype(element))}


def max_pool(x, element, o):
    symmetric = o["top"] == o["bottom"] and o["left"] == o["right"]
    classic = symmetric and all(p <= k // 2 for p, k in zip((o["top"], o["left"]), o["kernel"]))
    indices = None
    if classic or o["refused"]:
        try:
            y, indices = F.max_pool2d(
                x, o["kernel"], o["stride"], (o["top"], o["left"]), o["dilation"], o["ceil"], return_indices=True
            )
        except RuntimeError as error:
            return {"error": refusal(error, o["dilation"][0])}
    else:
        padded = F.pad(x, (o["left"], o["right"], o["top"], o["bottom"]), value=-math.inf)
        y = F.max_pool2d(padded, o["kernel"], o["stride"], 0, o["dilation"])
    values = channels_last(y)
    # A window without a single pixel is -inf, which no integer holds: then all values are told in float32.
    if element != np.float32 and np.isneginf(values).any():
        result = {"shape": list(y.shape), "data": text(values), "type": "float32"}
    else:
        result = {"shape": list(y.shape), "data": text(values.astype(element))}
    if indices is not None:
        result["indices"] = text(channels_last(indices).astype(np.int32))
    return result


def avg_pool(x, o):
    symmetric = o["top"] == o["bottom"] and o["left"] == o["right"]
    pads = (o["top"], o["left"])
    try:
        if not symmetric:
            # Each side has to obey the rule for both: PyTorch's own refusal of it, then the padded tensor.
            for side in ((o["top"], 0), (o["bottom"], 0), (0, o["left"]), (0, o["right"])):
                F.avg_pool2d(torch.zeros(1, 1, 99, 99), o["kernel"], 1, side)
            x, pads = F.pad(x, (o["left"], o["right"], o["top"], o["bottom"])), 0
        y = F.avg_pool2d(x, o["kernel"], o["stride"], pads, o["ceil"], o["include"], o["divisor"])
    except RuntimeError as error:
        return {"error": refusal(error, 1)}
    return {"shape": list(y.shape), "data": text(channels_last(y))}


def case(kind, channels, height, width, o):
    array = samples(rng, noise, kind, (1, channels, height, width))
    x = torch.from_numpy(array.astype(np.float32))
    options = {
        "kernelSize": o["kernel"],
        "stride": o["stride"],
        "padding": {side: o[side] for side in ("top", "bottom", "left", "right")},
        "dilation": o["dilation"],
        "ceilMode": o["ceil"],
        "countIncludePad": o["include"],
    }
    if o["divisor"] is not None:
        options["divisorOverride"] = o["divisor"]
    entry = {
        "type": kind,
        "shape": [1, channels, height, width],
        "input": text(array.transpose(0, 2, 3, 1)),
        "options": options,
        "max": max_pool(x, array.dtype, o),
        "min": min_pool(x, array.dtype, o),
    }
    # More padding than half the undilated kernel is legal for max only, and then PyTorch's average has its own refusal.
    entry["average"] = avg_pool(x, o)
    return entry


def legal():
    kernel = [rng.choice([1, 2, 2, 3, 3, 4, 5, 7]) for _ in range(2)]
    stride = list(kernel) if rng.random() < 0.3 else [rng.randint(1, 5) for _ in range(2)]
    dilation = [1, 1] if rng.random() < 0.6 else [rng.randint(1, 3) for _ in range(2)]
    o = {
        "kernel": kernel,
        "stride": stride,
        "dilation": dilation,
        "ceil": rng.random() < 0.4,
        "include": rng.random() < 0.5,
        "divisor": rng.choice([None, None, None, 1, 2, 7, -3]),
        "refused": False,
    }
    style = rng.random()
    if style < 0.8:
        v, h = (rng.randint(0, k // 2) for k in kernel)
        sides = (v, v, h, h)
    else:
        # Up to half of the dilated kernel, and each side by itself: see the note above on F.pad.
        limits = [(d * (k - 1) + 1) // 2 for k, d in zip(kernel, dilation)]
        sides = [rng.randint(0, limits[i // 2]) for i in range(4)]
        o["ceil"] = False
        o["include"] = True
    o.update(zip(("top", "bottom", "left", "right"), sides))
    return o


def output_exists(size, k, s, before, after, d):
    return (size + before + after - d * (k - 1) - 1) // s + 1 >= 1


def illegal():
    """One or two wrong knobs. Where the two versions judge differently (padding beyond half with dilation), dilation is 1."""
    o = legal()
    o.update(ceil=rng.random() < 0.5, dilation=[1, 1], refused=True, top=0, bottom=0, left=0, right=0)
    for _ in range(rng.choice([1, 1, 2])):
        side = rng.randint(0, 1)
        wrong = rng.choice(["kernel", "large kernel", "stride", "padding", "negative padding", "dilation", "divisor"])
        if wrong == "kernel":
            o["kernel"][side] = rng.choice([0, -1, -2])
        elif wrong == "large kernel":
            o["kernel"][side] = rng.randint(20, 40)
        elif wrong == "stride":
            o["stride"][side] = rng.choice([0, 0, -1, -4])
        elif wrong == "padding":
            pad = max(0, o["kernel"][side]) // 2 + rng.randint(1, 3)
            o.update(dict.fromkeys([("top", "bottom"), ("left", "right")][side], pad))
        elif wrong == "negative padding":
            o.update(dict.fromkeys([("top", "bottom"), ("left", "right")][side], -rng.randint(1, 3)))
        elif wrong == "dilation":
            o["kernel"][side] = min(o["kernel"][side], 2)
            o["dilation"][side] = rng.choice([0, -1])
        else:
            o["divisor"] = 0
    if o["dilation"] != [1, 1]:
        o.update(top=0, bottom=0, left=0, right=0, kernel=[max(0, min(k, 2)) for k in o["kernel"]])
    return o


def main():
    cases = []
    while len(cases) < 560:
        o = legal()
        height, width = rng.sample(range(1, 15), 2)
        kinds = ["uint8", "uint8", "uint16", "float32", "float32"]
        entry = (rng.choice(kinds), rng.randint(1, 4), height, width, o)
        vertical = output_exists(height, o["kernel"][0], o["stride"][0], o["top"], o["bottom"], o["dilation"][0])
        horizontal = output_exists(width, o["kernel"][1], o["stride"][1], o["left"], o["right"], o["dilation"][1])
        # Of outputs without a pixel, a few: those say something of the message only.
        if vertical and horizontal or rng.random() < 0.05 and o["top"] == o["bottom"] and o["left"] == o["right"]:
            o["refused"] = not (vertical and horizontal)
            cases.append(case(*entry))
    while len(cases) < 760:
        height, width = rng.sample(range(4, 12), 2)
        cases.append(case(rng.choice(["uint8", "float32"]), rng.randint(1, 2), height, width, illegal()))
    # Averages whose sums need all of float32's digits, and more pixels than any of the above.
    for height, width, kernel in ((40, 61, [40, 61]), (33, 47, [15, 16]), (50, 31, [31, 31])):
        o = legal()
        o.update(kernel=kernel, stride=[3, 7], dilation=[1, 1], divisor=None, top=0, bottom=0, left=0, right=0)
        cases += [case(kind, 1, height, width, o) for kind in ("uint8", "float32")]
    path = pathlib.Path(__file__).with_name("pytorch.json")
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in cases)
    path.write_text(f'{{"torch":"{torch.__version__}","seed":{SEED},"cases":[\n{lines}\n]}}\n')
    refused = sum("error" in entry["max"] or "error" in entry["average"] for entry in cases)
    missed = sum("indices" in entry["max"] and entry["options"]["dilation"] != [1, 1] for entry in cases)
    print(f"{len(cases)} cases, {refused} with a refusal, {missed} dilated with indices, {path.stat().st_size} bytes")


main()
