"""Stands in for Keras 3, which no package of Debian or npm brings: its two pooling layers by their written rules, in NumPy.

It shows that all else in a Keras script runs. It is no proof of Keras' own numbers.
"""
import math

import numpy as np


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


class _Pooling2D:
    def __init__(self, pool_size=(2, 2), strides=None, padding='valid'):
        assert padding in ('valid', 'same')
        self.size = _pair(pool_size)
        self.strides = self.size if strides is None else _pair(strides)
        self.padding = padding

    def __call__(self, x):
        assert x.ndim == 4 and x.dtype == np.float32
        spans = [self._spans(x.shape[axis + 1], axis) for axis in (0, 1)]
        pooled = np.empty((x.shape[0], len(spans[0]), len(spans[1]), x.shape[3]), np.float32)
        for i, (top, bottom) in enumerate(spans[0]):
            for j, (left, right) in enumerate(spans[1]):
                pooled[:, i, j] = self.reduce(x[:, top:bottom, left:right])
        return pooled

    def _spans(self, length, axis):
        size, stride = self.size[axis], self.strides[axis]
        if self.padding == 'valid':
            return [(i * stride, i * stride + size) for i in range((length - size) // stride + 1)]
        count = math.ceil(length / stride)
        before = max((count - 1) * stride + size - length, 0) // 2
        starts = [i * stride - before for i in range(count)]
        return [(max(start, 0), min(start + size, length)) for start in starts]


class layers:
    class MaxPooling2D(_Pooling2D):
        def reduce(self, window):
            return window.max(axis=(1, 2))

    class AveragePooling2D(_Pooling2D):
        def reduce(self, window):
            return window.mean(axis=(1, 2))


class ops:
    convert_to_numpy = staticmethod(np.asarray)
