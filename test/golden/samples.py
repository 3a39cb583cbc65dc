"""Inputs for golden values, and how arrays are written down."""
import base64
import math

import numpy as np


def samples(rng, noise, kind, shape):
    """An input of one element kind, NCHW. Floats come with few levels (ties), NaN, infinities and both zeros now and then."""
    if kind == "uint8":
        levels = rng.choice([2, 5, 256, 256])
        return noise.integers(0, levels, shape).astype(np.uint8)
    if kind == "uint16":
        return noise.integers(0, rng.choice([3, 65536, 65536]), shape).astype(np.uint16)
    flavour = rng.choice(["plain", "plain", "wide", "ties", "special"])
    if flavour == "plain":
        return noise.normal(100, 60, shape).astype(np.float32)
    if flavour == "wide":
        return (noise.normal(0, 1, shape) * 10.0 ** noise.integers(-6, 7, shape)).astype(np.float32)
    if flavour == "ties":
        return noise.choice(np.array([-1, -0.0, 0.0, 1], np.float32), shape)
    return noise.choice(np.array([math.nan, -math.inf, -math.inf, math.inf, -0.0, 0.0, -2, 3], np.float32), shape)


def text(array):
    """The bytes of an array in base64."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def channels_last(tensor):
    """The values of an NCHW tensor in the order data[(y * W + x) * C + c]."""
    return tensor.numpy().transpose(0, 2, 3, 1)
