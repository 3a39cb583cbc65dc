"""Stands in for Keras 3, which no package of Debian or npm brings: its pooling layers by their written rules, in NumPy.

It shows that all else in a Keras script runs. It is no proof of Keras' own numbers. A convolution has the right shape only.
"""
import math

import numpy as np


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _count(length, size, stride, padding):
    assert padding in ('valid', 'same')
    return math.ceil(length / stride) if padding == 'same' else (length - size) // stride + 1


class _Pooling2D:
    def __init__(self, pool_size=(2, 2), strides=None, padding='valid'):
        self.size = _pair(pool_size)
        self.strides = self.size if strides is None else _pair(strides)
        self.padding = padding

    def spans(self, length, axis):
        size, stride = self.size[axis], self.strides[axis]
        count = _count(length, size, stride, self.padding)
        before = max((count - 1) * stride + size - length, 0) // 2 if self.padding == 'same' else 0
        starts = [i * stride - before for i in range(count)]
        return [(max(start, 0), min(start + size, length)) for start in starts]

    def __call__(self, x):
        assert x.ndim == 4 and x.dtype == np.float32
        spans = [self.spans(x.shape[axis + 1], axis) for axis in (0, 1)]
        pooled = np.empty((x.shape[0], len(spans[0]), len(spans[1]), x.shape[3]), np.float32)
        for i, (top, bottom) in enumerate(spans[0]):
            for j, (left, right) in enumerate(spans[1]):
                pooled[:, i, j] = self.reduce(x[:, top:bottom, left:right])
        return pooled


class _AdaptivePooling2D(_Pooling2D):
    def __init__(self, output_size):
        self.output = _pair(output_size)

    def spans(self, length, axis):
        count = self.output[axis]
        return [(i * length // count, -(-(i + 1) * length // count)) for i in range(count)]


class _GlobalPooling2D(_AdaptivePooling2D):
    def __init__(self, keepdims=False):
        assert keepdims
        super().__init__(1)


class _Max:
    def reduce(self, window):
        return window.max(axis=(1, 2))


class _Average:
    def reduce(self, window):
        return window.mean(axis=(1, 2))


class layers:
    MaxPooling2D = type('MaxPooling2D', (_Max, _Pooling2D), {})
    AveragePooling2D = type('AveragePooling2D', (_Average, _Pooling2D), {})
    AdaptiveMaxPooling2D = type('AdaptiveMaxPooling2D', (_Max, _AdaptivePooling2D), {})
    AdaptiveAveragePooling2D = type('AdaptiveAveragePooling2D', (_Average, _AdaptivePooling2D), {})
    GlobalMaxPooling2D = type('GlobalMaxPooling2D', (_Max, _GlobalPooling2D), {})
    GlobalAveragePooling2D = type('GlobalAveragePooling2D', (_Average, _GlobalPooling2D), {})

    class ZeroPadding2D:
        def __init__(self, padding):
            self.padding = padding

        def __call__(self, x):
            return np.pad(x, ((0, 0), *self.padding, (0, 0)))

    class Lambda:
        def __init__(self, function):
            self.function = function

        def __call__(self, x):
            return np.float32(self.function(x))

    class Conv2D:
        def __init__(
            self, filters, kernel_size, strides=1, padding='valid', dilation_rate=1, groups=1, use_bias=True
        ):
            assert filters % groups == 0 and (strides == 1 or dilation_rate == 1)
            self.filters, self.groups, self.padding = filters, groups, padding
            self.size, self.strides, self.dilation = _pair(kernel_size), _pair(strides), _pair(dilation_rate)

        def __call__(self, x):
            assert x.ndim == 4 and x.dtype == np.float32 and x.shape[3] % self.groups == 0
            reach = [(size - 1) * dilation + 1 for size, dilation in zip(self.size, self.dilation)]
            counts = [_count(x.shape[i + 1], reach[i], self.strides[i], self.padding) for i in (0, 1)]
            return np.ones((x.shape[0], *counts, self.filters), np.float32)

    class Flatten:
        def __call__(self, x):
            return x.reshape(x.shape[0], -1)


class Sequential:
    def __init__(self, layers):
        self.layers = layers


class ops:
    convert_to_numpy = staticmethod(np.asarray)
    pad = staticmethod(np.pad)

    @staticmethod
    def depthwise_conv(inputs, kernel):
        height, width = (inputs.shape[axis] - kernel.shape[axis - 1] + 1 for axis in (1, 2))
        taps = np.ndindex(kernel.shape[:2])
        return sum(inputs[:, i:i + height, j:j + width] * kernel[i, j, :, 0] for i, j in taps)
