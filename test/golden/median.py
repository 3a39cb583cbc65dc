"""Golden values from real NumPy for the median: writes median.json beside this file.

    /usr/bin/python3 test/golden/median.py

Every case is one input, one layer as the product's interface writes it, and np.median of each window's pixels. Which pixels
these are is written down here in plain loops: sizes are those of max pooling, whose golden values are PyTorch's. Zeros are
made positive: which of two zeros comes first in an order is no one's promise. A window without a pixel is 0.
"""
import json
import math
import pathlib
import random
import warnings

import numpy as np

from samples import samples, text

SEED = 20240702
rng = random.Random(SEED)
noise = np.random.default_rng(SEED)
warnings.simplefilter("ignore")


def windows(size, kernel, stride, dilation, before, after, ceil):
    """The places of each window's pixels along one axis."""
    steps = (size + before + after - dilation * (kernel - 1) - 1) / stride
    count = (math.ceil(steps) if ceil else math.floor(steps)) + 1
    if ceil and (count - 1) * stride >= size + before:
        count -= 1
    taps = [[i * stride - before + t * dilation for t in range(kernel)] for i in range(count)]
    return [[at for at in each if 0 <= at < size] for each in taps]


def draw():
    height, width = rng.randint(1, 12), rng.randint(1, 12)
    kernel = [rng.randint(1, 6), rng.randint(1, 6)] if rng.random() < 0.7 else [2, 2]
    dilation = [1, 1] if rng.random() < 0.7 else [rng.randint(1, 3), rng.randint(1, 3)]
    spans = [dilation[i] * (kernel[i] - 1) + 1 for i in (0, 1)]
    if any(span > size + span // 2 for span, size in zip(spans, (height, width))):
        return draw()
    pads = [rng.randint(0, span // 2) if rng.random() < 0.6 else 0 for span in spans]
    layer = {
        "operator": "median", "kernelSize": kernel, "stride": [rng.randint(1, 4), rng.randint(1, 4)], "dilation": dilation,
        "padding": {"top": pads[0], "bottom": pads[0], "left": pads[1], "right": pads[1]}, "ceilMode": rng.random() < 0.4,
    }
    return (height, width), layer


def expected(array, layer):
    (kh, kw), (sh, sw), (dh, dw), pad = layer["kernelSize"], layer["stride"], layer["dilation"], layer["padding"]
    _, channels, height, width = array.shape
    rows = windows(height, kh, sh, dh, pad["top"], pad["bottom"], layer["ceilMode"])
    columns = windows(width, kw, sw, dw, pad["left"], pad["right"], layer["ceilMode"])
    if not rows or not columns:
        return None
    values = [
        np.median(array[0, c][np.ix_(ys, xs)]) if ys and xs else 0
        for ys in rows for xs in columns for c in range(channels)
    ]
    data = np.array(values, np.float32) + np.float32(0)
    return {"shape": [1, channels, len(rows), len(columns)], "data": text(data), "type": "float32"}


def main():
    cases = []
    while len(cases) < 150:
        kind = rng.choice(["uint8", "uint8", "uint16", "float32"])
        (height, width), layer = draw()
        array = samples(rng, noise, kind, (1, rng.randint(1, 4), height, width))
        result = expected(array, layer)
        if result:
            data = text(array.transpose(0, 2, 3, 1))
            cases.append({"type": kind, "shape": list(array.shape), "input": data, "layer": layer, "result": result})
    path = pathlib.Path(__file__).with_name("median.json")
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path.write_text(f'{{"numpy":"{np.__version__}","seed":{SEED},"cases":[\n{lines}\n]}}\n')
    print(f"{len(cases)} cases, {path.stat().st_size} bytes")


main()
