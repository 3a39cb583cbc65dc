"""Files that are not quite in order, or say how they want to be seen, and what OpenCV reads from them. Writes odd/ and odd.json.

    /usr/bin/python3 test/golden/pictures/odd.py

Needs Debian's python3-opencv, and the JPEGs that pictures.py has made. Truth is a CRC-32 of the RGB pixels and of the grey
ones, at the picture's own depth; null where OpenCV reads nothing.
"""
import json
import os
import struct
import zlib

import cv2
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ODD = os.path.join(HERE, "odd")
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def jpeg(name):
    with open(os.path.join(HERE, "jpeg", name + ".jpg"), "rb") as file:
        return file.read()


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def exif(orientation):
    return segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0))


def after(data, marker, extra):
    """`data` with `extra` put behind the first segment of a kind."""
    at = data.index(bytes([0xFF, marker]))
    end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return data[:end] + extra + data[end:]


def jpegs():
    base = jpeg("baseline-2x2")
    restarts = jpeg("restart-blocks")
    scan = base.index(b"\xff\xda")
    body = scan + 14
    middle = (body + len(base)) // 2
    yield "cut", base[:middle]
    yield "cut-in-restarts", restarts[: len(restarts) * 2 // 3]
    yield "cut-with-end-marker", base[:middle] + b"\xff\xd9"
    yield "cut-grey", jpeg("grey")[:600]
    yield "cut-cmyk", jpeg("cmyk")[:-200]
    yield "cut-in-tables", base[: scan - 40]
    yield "cut-in-scan-header", base[: scan + 6]
    yield "end-marker-half", base[:-1]
    yield "end-marker-missing", base[:-2]
    # Behind the last block of the last scan nothing counts.
    yield "trailer-of-a-phone", base[:-2] + b"\xff\x01\x5a\x5a\xff\xf4\x00\x10" + bytes(range(60)) + b"\xff\xd9"
    yield "trailer-unknown-marker", base[:-2] + b"\xff\x02\x00\x04ab\xff\xd9"
    yield "trailer-second-picture", base + jpeg("grey")
    yield "trailer-senseless", base[:-2] + bytes(range(1, 200)) + b"\xff\xd9"
    first, second = restarts.index(b"\xff\xd0"), restarts.index(b"\xff\xd1")
    yield "restart-misnumbered", restarts[:first] + b"\xff\xd4" + restarts[first + 2 :]
    yield "restart-lost", restarts[:first] + restarts[second:]
    yield "restart-surplus", restarts[:-2] + b"\xff\xd3\xff\xd4\xff\xd5" + restarts[-2:]
    yield "restart-where-none-belongs", base[:-40] + b"\xff\xd0" + base[-40:]
    yield "bytes-between-segments", after(base, 0xE0, b"\x00\x01\x02")
    yield "table-bad-but-unused", after(base, 0xC4, segment(0xC4, b"\x03" + bytes([255] + [0] * 15) + bytes(255)))
    same = bytearray(base)
    frame = same.index(b"\xff\xc0")
    for i in range(3):
        same[frame + 10 + 3 * i] = 1
        same[scan + 5 + 2 * i] = 1
    yield "components-of-one-number", bytes(same)
    separate = jpeg("separate-scans")
    start = separate.index(b"\xff\xda")
    again = separate.index(b"\xff\xda", start + 2)
    yield "component-sent-again", separate[:again] + separate[start:]
    yield "component-missing", separate[:again] + b"\xff\xd9"
    progressive = jpeg("progressive")
    yield "progressive-cut-in-last-scan", progressive[:-60]
    yield "orientation-first", base[:2] + exif(6) + base[2:]
    yield "marker-of-no-length", after(base, 0xE0, b"\xff\xe5\x00\x01")
    yield "flip-in-the-middle", base[: middle + 20] + bytes([base[middle + 20] ^ 0x10]) + base[middle + 21 :]


def chunk(name, data=b"", wrong=0):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data) ^ wrong)


def header(width, height, depth, colour):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def pixels(width, height, bytes_per_pixel, seed):
    rng = np.random.default_rng(seed)
    return b"".join(b"\0" + rng.integers(0, 256, width * bytes_per_pixel, dtype=np.uint8).tobytes() for _ in range(height))


def narrow(rows):
    """Packed in the largest window, whose size the header then understates."""
    packed = bytearray(zlib.compress(rows, 9))
    packed[0] = 0x18
    packed[1] -= ((packed[0] << 8) | packed[1]) % 31
    return bytes(packed)


def pngs():
    rows = pixels(23, 9, 3, 1)
    packed = zlib.compress(rows)
    end = chunk(b"IEND")
    rgb = SIGNATURE + header(23, 9, 8, 2)

    def with_chunks(*chunks):
        return rgb + b"".join(chunks) + chunk(b"IDAT", packed) + end

    yield "checksum-of-text", with_chunks(chunk(b"tEXt", b"a\0b", 1))
    yield "checksum-of-transparency", with_chunks(chunk(b"tRNS", rows[1:2] + rows[1:6], 1))
    yield "checksum-of-gamma", with_chunks(chunk(b"gAMA", struct.pack(">I", 45455), 1))
    yield "checksum-of-pixels", rgb + chunk(b"IDAT", packed, 1) + end
    yield "surplus-rows", rgb + chunk(b"IDAT", zlib.compress(rows + bytes(500))) + end
    for more in 0, 1:
        # Not compressed, and then a block of a kind that does not exist.
        size = len(rows) + more
        damaged = b"\x78\x01\0" + struct.pack("<HH", size, 0xFFFF ^ size) + rows + bytes(more) + b"\7"
        yield "damage-after-rows-and-%d" % more, rgb + chunk(b"IDAT", damaged) + end
    # Not compressed, and then a repetition from 24,577 bytes ago, in a last block with the fixed codes.
    far = int("110" "0000001" "11100" + 17 * "0", 2).to_bytes(4, "big")
    far = bytes(int("{:08b}".format(byte)[::-1], 2) for byte in far)
    start = b"\x78\x01\0" + struct.pack("<HH", len(rows), 0xFFFF ^ len(rows)) + rows
    yield "distance-after-rows", rgb + chunk(b"IDAT", start + far + b"hello") + end
    yield "surplus-bytes", rgb + chunk(b"IDAT", packed + b"hello") + end
    yield "surplus-chunk", rgb + chunk(b"IDAT", packed) + chunk(b"IDAT", b"hello") + end
    yield "surplus-chunk-later", rgb + chunk(b"IDAT", packed) + chunk(b"tEXt", b"a\0b") + chunk(b"IDAT", b"x") + end
    yield "rows-missing", rgb + chunk(b"IDAT", zlib.compress(rows[:-5])) + end
    yield "pixels-interrupted", rgb + chunk(b"IDAT", packed[:99]) + chunk(b"tEXt", b"a\0b") + chunk(b"IDAT", packed[99:]) + end
    yield "pixels-of-wrong-sum", rgb + chunk(b"IDAT", packed[:-1] + bytes([packed[-1] ^ 1])) + end
    yield "pixels-without-sum", rgb + chunk(b"IDAT", packed[:-4]) + end
    yield "end-missing", rgb + chunk(b"IDAT", packed)
    yield "palette-twice", with_chunks(chunk(b"PLTE", b"abc"), chunk(b"PLTE", b"abc"))
    far = np.tile(np.random.default_rng(2).integers(0, 256, 600 * 3, dtype=np.uint8), 6)
    narrow_rows = b"".join(b"\0" + far[y * 600 * 3 :][: 600 * 3].tobytes() for y in range(6))
    yield "window-too-narrow", SIGNATURE + header(600, 6, 8, 2) + chunk(b"IDAT", narrow(narrow_rows)) + end
    still = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 23, 9, 0, 0, 1, 10, 0, 0))
    yield "animation", with_chunks(chunk(b"acTL", struct.pack(">II", 2, 0)), still)

    # How colours are weighed for grey.
    gamma = lambda value: chunk(b"gAMA", struct.pack(">I", value))
    srgb = chunk(b"sRGB", b"\0")
    yield "gamma-45455", with_chunks(gamma(45455))
    yield "gamma-100000", with_chunks(gamma(100000))
    yield "gamma-nearly-1", with_chunks(gamma(95001))
    yield "gamma-220000", with_chunks(gamma(220000))
    yield "gamma-twice", with_chunks(gamma(45455), gamma(100000))
    yield "gamma-senseless", with_chunks(gamma(0), srgb)
    yield "gamma-behind-palette", with_chunks(chunk(b"PLTE", b"abc"), gamma(45455))
    yield "srgb", with_chunks(srgb)
    yield "srgb-and-gamma", with_chunks(srgb, gamma(100000))
    yield "gamma-and-srgb", with_chunks(gamma(100000), srgb)
    yield "srgb-and-gamma-nearly-the-same", with_chunks(srgb, gamma(46000))
    yield "srgb-twice", with_chunks(srgb, srgb, gamma(30000))
    yield "srgb-of-unknown-intent", with_chunks(chunk(b"sRGB", b"\x07"), gamma(30000))
    profile = bytearray(400)
    profile[0:4] = struct.pack(">I", 400)
    profile[16:20] = b"CMYK"
    profile[36:40] = b"acsp"
    yield "profile-of-other-colours", with_chunks(chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(profile), 0)), srgb)
    grey = np.repeat(np.arange(207, dtype=np.uint8), 3).reshape(9, 69)
    flat = b"".join(b"\0" + row.tobytes() for row in grey)
    yield "srgb-of-greys", rgb + srgb + chunk(b"IDAT", zlib.compress(flat)) + end
    wide = zlib.compress(pixels(23, 9, 6, 3))
    deep = SIGNATURE + header(23, 9, 16, 2)
    yield "srgb-16-bits", deep + srgb + chunk(b"IDAT", wide) + end
    yield "srgb-16-bits-10-significant", deep + chunk(b"sBIT", b"\x08\x0a\x09") + srgb + chunk(b"IDAT", wide) + end
    greys = np.repeat(np.arange(0, 65536, 317, dtype=np.uint16)[:207], 3).reshape(9, 69).astype(">u2")
    flat = zlib.compress(b"".join(b"\0" + row.tobytes() for row in greys))
    for bits in 10, 13:
        yield "srgb-16-bits-greys-%d-significant" % bits, deep + chunk(b"sBIT", bytes([bits] * 3)) + srgb + chunk(b"IDAT", flat) + end
    alpha = zlib.compress(pixels(23, 9, 4, 4))
    yield "srgb-alpha", SIGNATURE + header(23, 9, 8, 6) + srgb + chunk(b"IDAT", alpha) + end
    colours = np.random.default_rng(5).integers(0, 256, 768, dtype=np.uint8).tobytes()
    indices = zlib.compress(pixels(23, 9, 1, 6))
    yield "srgb-palette", SIGNATURE + header(23, 9, 8, 3) + srgb + chunk(b"PLTE", colours) + chunk(b"IDAT", indices) + end


def truth_of(path):
    colour = cv2.imread(path, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)
    if colour is None:
        return None
    grey = cv2.imread(path, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH)
    crc = lambda values: zlib.crc32(np.ascontiguousarray(values).tobytes())
    return {"height": colour.shape[0], "width": colour.shape[1], "rgb": crc(colour[..., ::-1]), "grey": crc(grey)}


if __name__ == "__main__":
    os.makedirs(ODD, exist_ok=True)
    truth = {}
    for extension, files in (("jpg", jpegs()), ("png", pngs())):
        for name, data in files:
            name = "%s.%s" % (name, extension)
            path = os.path.join(ODD, name)
            with open(path, "wb") as file:
                file.write(data)
            truth[name] = truth_of(path)
    with open(os.path.join(HERE, "odd.json"), "w") as file:
        file.write(json.dumps(truth, indent=1, sort_keys=True) + "\n")
