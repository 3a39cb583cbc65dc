"""Pools with OpenCV and PyTorch for pool.ts: one JSON line in, one out; times in milliseconds, of the pooling alone."""
import json
import sys
import time

import numpy as np

height, width = int(sys.argv[1]), int(sys.argv[2])
versions = {'numpy': np.__version__}
try:
    import cv2

    cv2.setNumThreads(1)
    versions['opencv'] = cv2.__version__
except ImportError:
    cv2 = None
try:
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    versions['torch'] = torch.__version__
except ImportError:
    torch = None

pictures = {
    channels: np.random.default_rng(1).integers(0, 256, (height, width, channels), dtype=np.uint8).squeeze()
    for channels in (1, 3)
}


def opencv(kind, kernel, stride, padding, channels):
    """Max: dilate, which also strides nowhere, so every stride-th pixel of it. Average: blur, or INTER_AREA for blocks."""
    picture = pictures[channels]
    if kind == 'average' and kernel == stride and padding == 0:
        size = (width // stride, height // stride)
        result = np.empty((size[1], size[0], channels), np.uint8).squeeze()
        return lambda: cv2.resize(picture, size, dst=result, interpolation=cv2.INTER_AREA)
    dense = np.empty_like(picture)
    if kind == 'max':
        element = np.ones((kernel, kernel), np.uint8)
        pool = lambda: cv2.dilate(picture, element, dst=dense)
    else:
        pool = lambda: cv2.blur(picture, (kernel, kernel), dst=dense, borderType=cv2.BORDER_CONSTANT)
    if stride == 1:
        return pool
    picked = np.ascontiguousarray(dense[::stride, ::stride])

    def strided():
        pool()
        np.copyto(picked, dense[::stride, ::stride])

    return strided


def pytorch(kind, kernel, stride, padding, channels):
    """float32 NCHW, the layout and type that PyTorch has by default (its average refuses bytes)."""
    planes = np.ascontiguousarray(np.atleast_3d(pictures[channels]).transpose(2, 0, 1))[None].astype(np.float32)
    tensor = torch.from_numpy(planes)
    pool = torch.nn.functional.max_pool2d if kind == 'max' else torch.nn.functional.avg_pool2d
    return lambda: pool(tensor, kernel, stride, padding)


print(json.dumps(versions), flush=True)
prepared = {}
for line in sys.stdin:
    library, *case = json.loads(line)
    key = json.dumps([library, *case])
    if key not in prepared:
        prepared = {k: v for k, v in prepared.items() if json.loads(k)[1:] == case}
        prepared[key] = {'opencv': opencv, 'torch': pytorch}[library](*case)
    start = time.perf_counter()
    prepared[key]()
    print(json.dumps((time.perf_counter() - start) * 1e3), flush=True)
