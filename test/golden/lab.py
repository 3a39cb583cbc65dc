"""Golden values for noise, shifts and scores from NumPy, PyTorch and scikit-image: writes lab.json beside this file.

    /usr/bin/python3 test/golden/lab.py

- "noises": the noise of src/lab/noise.ts, written anew from its rule for whole arrays; SHA-256 of the samples as they lie in memory
  (little-endian, channels last), and eight of them.
- "shifts": NumPy's np.pad(mode="edge") and a slice; SHA-256 as well.
- "scores": PyTorch's poolings of the noisy picture against those of the clean one, in float32. PSNR, bias and spread by NumPy and SSIM by
  scikit-image, both in float64, because their float32 results depend on the order of addition. PSNR is null without any error.
- "chance": mean and standard deviation of the PSNR over 100 noises from NumPy's own generator, which owes nothing to the product's hash.

Inputs are made of the sample pictures by INPUTS; test/golden/lab.ts makes the same.
"""
import hashlib
import json
import pathlib

import cv2
import numpy as np
import skimage
import torch
import torch.nn.functional as F
from skimage.metrics import structural_similarity

SAMPLES = pathlib.Path(__file__).parents[2] / "media/samples"
grey = cv2.imread(str(SAMPLES / "mountain-gray.jpg"), cv2.IMREAD_GRAYSCALE)[:, :, None]
colour = cv2.cvtColor(cv2.imread(str(SAMPLES / "mountain.jpg")), cv2.COLOR_BGR2RGB)

INPUTS = {
    "grey": grey,
    "colour": colour,
    # The lower byte differs from the upper one.
    "grey16": grey.astype(np.uint16) * 256 + (255 - grey),
    "colour16": colour.astype(np.uint16) * 256 + (255 - colour),
    # The alpha channel is the red one upside down.
    "greyAlpha": np.concatenate([grey, grey[::-1]], axis=2),
    "colourAlpha": np.concatenate([colour, colour[::-1, :, :1]], axis=2),
    # Also below 0 and between whole numbers; exact in float32.
    "float": (grey * 0.75 - 20).astype(np.float32),
    "tiny": colour[:2, :3],
}


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


# ---- Noise

def hash32(x):
    x = x.astype(np.uint32)
    x = (x ^ x >> np.uint32(16)) * np.uint32(0x7FEB352D)
    x = (x ^ x >> np.uint32(15)) * np.uint32(0x846CA68B)
    return x ^ x >> np.uint32(16)


def words(seed, count):
    key = hash32(np.array([seed % 2**32 ^ 0x9E3779B9]))
    return hash32(hash32(np.arange(count)) ^ key)


def colours(array):
    channels = array.shape[2]
    return channels - 1 if channels in (2, 4) else channels


def add_noise(array, kind, level, seed, perChannel=False):
    noisy = array.copy()
    picture = noisy[:, :, :colours(array)]
    white = 65535 if array.dtype == np.uint16 else 255
    if kind == "gaussian":
        word = words(seed, picture.size)
        halves = np.zeros(picture.size, np.int64)
        for i in range(1, 7):
            following = hash32(word + np.uint32(i))
            halves += following % 65536
            halves += following // 65536
        sigma = level * white / 255
        added = (sigma / 65536 * (halves - 12 * 65535 // 2)).reshape(picture.shape)
        picture[:] = np.clip(np.floor(picture + added + 0.5), 0, white)
        return noisy
    word = words(seed, picture.size if perChannel else picture[:, :, 0].size).reshape(*picture.shape[:2], -1)
    hit = level * 2.0**32
    salted = {"pepper": 0, "salt": hit, "saltAndPepper": hit / 2}[kind]
    picture[:] = np.where(word < hit, np.where(word < salted, white, 0), picture)
    return noisy


def noise_case(name, **noise):
    array = INPUTS[name]
    noisy = add_noise(array, **noise)
    values = noisy.reshape(-1)
    return {"input": name, "noise": noise, "sha256": sha256(noisy), "values": values[:: values.size // 8][:8].tolist()}


def noises():
    for name in ("grey", "colour"):
        for kind, level in [("pepper", 0.05), ("salt", 0.3), ("saltAndPepper", 0.2), ("gaussian", 25), ("gaussian", 0.4)]:
            yield noise_case(name, kind=kind, level=level, seed=1)
    yield noise_case("colour", kind="saltAndPepper", level=0.1, seed=2, perChannel=True)
    yield noise_case("colour", kind="salt", level=0.001, seed=0)
    yield noise_case("grey", kind="pepper", level=0.5, seed=2**31 + 5)
    yield noise_case("grey", kind="saltAndPepper", level=0.5, seed=-7)
    yield noise_case("grey", kind="gaussian", level=300, seed=2**40 + 3)
    for name in ("grey16", "colour16", "greyAlpha", "colourAlpha", "float"):
        yield noise_case(name, kind="saltAndPepper", level=0.25, seed=3)
        yield noise_case(name, kind="salt", level=0.1, seed=4, perChannel=True)
        yield noise_case(name, kind="gaussian", level=12.5, seed=5)


# ---- Shifts

def shift(array, dy, dx):
    height, width = array.shape[:2]
    around = np.pad(array, ((abs(dy), abs(dy)), (abs(dx), abs(dx)), (0, 0)), mode="edge")
    return around[abs(dy) - dy :, abs(dx) - dx :][:height, :width]


def shifts():
    for name, dy, dx in [
        ("grey", 0, 0), ("grey", 1, 0), ("grey", 0, 1), ("grey", 3, 5), ("grey", -4, -9), ("grey", 800, -3), ("colour", 16, 16), ("colour", -1, 2),
        ("grey16", 7, 2), ("colourAlpha", 2, 7), ("float", 1, 3),
        ("tiny", 1, 1), ("tiny", 2, 3), ("tiny", -5, 9), ("tiny", 40, -7), ("tiny", 0, 3), ("tiny", -2, 0),
    ]:
        yield {"input": name, "dy": dy, "dx": dx, "sha256": sha256(shift(INPUTS[name], dy, dx))}


# ---- Scores

def pool(array, operator, kernel, stride):
    x = torch.from_numpy(array.astype(np.float32).transpose(2, 0, 1)[None].copy())
    if operator == "average":
        result = F.avg_pool2d(x, kernel, stride)
    elif operator == "min":
        result = -F.max_pool2d(-x, kernel, stride)
    else:
        result = F.max_pool2d(x, kernel, stride)
    return result[0].numpy().transpose(1, 2, 0)[:, :, :colours(array)].astype(np.float64)


def errors(clean, noisy, peak):
    error = noisy - clean
    mse = np.mean(error**2)
    return {"psnr": 10 * np.log10(peak**2 / mse) if mse else None, "bias": np.mean(error), "spread": np.std(error)}


def scores():
    specks, gaussian = [("pepper", 0.05), ("salt", 0.05), ("saltAndPepper", 0.3)], [("gaussian", 25)]
    for name, noises in [("grey", specks + gaussian), ("colour", gaussian), ("colour16", gaussian), ("colourAlpha", specks[:1])]:
        array = INPUTS[name]
        peak = 65535 if array.dtype == np.uint16 else 255
        for kind, level in noises:
            noise = {"kind": kind, "level": level, "seed": 1}
            noisy = add_noise(array, **noise)
            # The last is 10 numbers wide, less than SSIM's window.
            for kernel, stride in [(2, 2), (3, 2), (5, 100)]:
                for operator in ("max", "average", "min"):
                    a, b = (pool(picture, operator, kernel, stride) for picture in (array, noisy))
                    fits = min(a.shape[:2]) >= 11
                    ssim = fits and structural_similarity(
                        a, b, data_range=peak, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, channel_axis=2
                    )
                    yield {
                        "input": name, "noise": noise, "kernel": kernel, "stride": stride, "operator": operator,
                        **errors(a, b, peak), "ssim": ssim if fits else None,
                    }


# ---- Chance

def random_noise(generator, array, kind, level):
    if kind == "gaussian":
        return np.clip(np.floor(array + generator.normal(0, level, array.shape) + 0.5), 0, 255).astype(np.uint8)
    value = {"pepper": 0, "salt": 255, "saltAndPepper": generator.choice([0, 255], array.shape)}[kind]
    return np.where(generator.random(array.shape) < level, value, array).astype(np.uint8)


def chance():
    generator = np.random.default_rng(20240801)
    for kind, level in [("pepper", 0.05), ("salt", 0.05), ("saltAndPepper", 0.05), ("gaussian", 25)]:
        pictures = [random_noise(generator, grey, kind, level) for _ in range(100)]
        for operator in ("max", "average", "min"):
            clean = pool(grey, operator, 2, 2)
            values = [errors(clean, pool(noisy, operator, 2, 2), 255)["psnr"] for noisy in pictures]
            yield {"kind": kind, "level": level, "operator": operator, "mean": np.mean(values), "deviation": np.std(values, ddof=1)}


def main():
    versions = {"numpy": np.__version__, "torch": torch.__version__, "skimage": skimage.__version__}
    parts = {make.__name__: list(make()) for make in (noises, shifts, scores, chance)}
    text = ",\n".join(
        f'"{name}":[\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]" for name, cases in parts.items()
    )
    path = pathlib.Path(__file__).with_name("lab.json")
    path.write_text(json.dumps(versions, separators=(",", ":"))[:-1] + f",\n{text}}}\n")
    print({name: len(cases) for name, cases in parts.items()}, path.stat().st_size, "bytes")


main()
