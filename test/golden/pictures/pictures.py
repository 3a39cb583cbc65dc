"""What libpng and libjpeg-turbo, through OpenCV, read from the test pictures. Writes png.json, jpeg/*.jpg and jpeg.bin.gz.

    node --import tsx test/golden/pictures/write.ts /tmp/pictures
    /usr/bin/python3 test/golden/pictures/pictures.py /tmp/pictures

Needs Debian's python3-opencv, python3-pil and libjpeg-turbo-progs. PNG truth is a checksum, exact; JPEG truth is all pixels.
"""
import glob
import gzip
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib

import cv2
import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "../../../media/samples/mountain.jpg")


def crc(pixels):
    return zlib.crc32(np.ascontiguousarray(pixels).tobytes())


def write_png_truth(folder):
    """Per picture: CRC-32 of its RGB, of its alpha where OpenCV gives one, of its grey, all at the picture's own depth."""
    truth = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.png"))):
        own = cv2.imread(path, cv2.IMREAD_UNCHANGED)
        entry = {
            "rgb": crc(cv2.imread(path, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)[..., ::-1]),
            "grey": crc(cv2.imread(path, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH)),
        }
        if own.ndim == 3 and own.shape[2] == 4:
            entry["alpha"] = crc(own[..., 3])
        truth[os.path.basename(path)[:-4]] = entry
    with open(os.path.join(HERE, "png.json"), "w") as file:
        file.write(json.dumps(truth, indent=1, sort_keys=True) + "\n")


def photo(width, height):
    """A small photograph with what is hard on chroma: sharp colour edges and noise."""
    rng = np.random.default_rng(width * 1000 + height)
    picture = cv2.resize(cv2.imread(SAMPLE), (width, height), interpolation=cv2.INTER_AREA)
    picture[height // 3 : height // 2, width // 4 : width // 2] = (255, 0, 0)
    picture[height // 2 : 2 * height // 3, width // 3 : 2 * width // 3] = (0, 0, 255)
    noisy = picture[: height // 4, : width // 3]
    noisy[:] = rng.integers(0, 256, noisy.shape)
    return picture


def write_jpegs(out, work):
    def cjpeg(name, options, size=(41, 29), grey=False):
        source = os.path.join(work, "source.pgm" if grey else "source.ppm")
        picture = photo(*size)
        cv2.imwrite(source, cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if grey else picture)
        subprocess.run(["cjpeg", *options.split(), "-outfile", os.path.join(out, name + ".jpg"), source], check=True)

    samplings = "1x1 2x1 1x2 2x2 4x1 1x4 4x2 2x4 3x1 2x2,2x1,1x2 1x1,2x2,2x2 2x1,2x1,2x1 1x1,2x1,1x1".split()
    for sampling in samplings:
        name = sampling.replace(",", "-")
        cjpeg("baseline-" + name, "-quality 90 -sample " + sampling)
        cjpeg("progressive-restart-" + name, "-quality 85 -progressive -restart 5B -sample " + sampling)
    cjpeg("progressive", "-quality 90 -progressive")
    cjpeg("restart-blocks", "-quality 90 -restart 2B")
    cjpeg("restart-rows", "-quality 90 -restart 1 -optimize")
    cjpeg("coarse", "-quality 5 -baseline")
    cjpeg("wide-tables", "-quality 2")
    cjpeg("fine", "-quality 100 -sample 1x1")
    cjpeg("rgb", "-quality 90 -rgb")
    cjpeg("rgb-progressive", "-quality 90 -rgb -progressive")
    cjpeg("grey", "-quality 90", grey=True)
    cjpeg("grey-progressive-restart", "-quality 90 -progressive -restart 3B", grey=True)
    cjpeg("arithmetic", "-arithmetic -quality 90")
    for size in [(1, 1), (2, 2), (3, 5), (5, 40), (16, 16), (17, 33)]:
        cjpeg("size-%dx%d" % size, "-quality 90", size)
        cjpeg("size-%dx%d-progressive-restart" % size, "-quality 90 -progressive -restart 5B", size)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as script:
        script.write("0; 1; 2;")
        script.flush()
        cjpeg("separate-scans", "-quality 90 -restart 4B -scans " + script.name)

    def read(name):
        with open(os.path.join(out, name + ".jpg"), "rb") as file:
            return bytearray(file.read())

    def write(name, data):
        with open(os.path.join(out, name + ".jpg"), "wb") as file:
            file.write(data)

    # Four components: black from the picture's own darkness. The transform byte of Adobe's marker makes YCCK of CMYK.
    picture = photo(41, 29)
    black = 255 - cv2.GaussianBlur(picture, (0, 0), 3).max(2) // 2
    cmyk = Image.fromarray(np.dstack([picture[..., ::-1], black]), "CMYK")
    for name, options in [("", {}), ("-subsampled", {"subsampling": 2}), ("-progressive", {"progressive": True, "subsampling": 1})]:
        cmyk.save(os.path.join(out, "cmyk%s.jpg" % name), quality=90, **options)
        data = read("cmyk" + name)
        adobe = data.index(b"Adobe")
        data[adobe + 11] = 2
        write("ycck" + name, data)
        if not name:
            del data[adobe - 4 : adobe + 12]
            write("cmyk-without-adobe", data)

    # The order of colour rules: Adobe's marker, JFIF's before it, the components' names.
    plain = read("baseline-1x1")
    jfif = bytes(plain[2:20])
    adobe = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
    write("jfif-before-adobe-rgb", plain[:2] + jfif + adobe + b"\x00" + plain[20:])
    write("adobe-rgb", plain[:2] + adobe + b"\x00" + plain[20:])
    write("adobe-ycc", plain[:2] + adobe + b"\x01" + plain[20:])
    write("neither", plain[:2] + plain[20:])

    # Legal oddities: fill bytes before markers, bytes after the end, no end marker though all data is there.
    restart = read("restart-blocks")
    at = restart.index(b"\xff\xd1")
    write("fill-bytes", restart[:at] + b"\xff\xff" + restart[at:])
    write("trailing-bytes", plain + b"\xff\xd8\xff and what a camera adds")
    write("no-end-marker", plain[:-2])

    base = read("size-5x40")
    for orientation in range(1, 9):
        order, pack = (b"II", "<") if orientation % 2 else (b"MM", ">")
        entry = struct.pack(pack + "HHIHH", 0x0112, 3, 1, orientation, 0)
        other = struct.pack(pack + "HHII", 0x010F, 2, 3, 0x41414100)
        tiff = order + struct.pack(pack + "HIH", 42, 8, 2) + other + entry + struct.pack(pack + "I", 0)
        app1 = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
        write("orientation-%d" % orientation, base[:2] + app1 + base[2:])


def write_jpeg_truth(folder):
    """Per file, in the order of names: width and height (16 bits each), RGB, grey. 0 × 0 where OpenCV reads nothing of use."""
    pieces = []
    for path in sorted(glob.glob(os.path.join(folder, "*.jpg"))):
        colour = cv2.imread(path, cv2.IMREAD_COLOR)
        grey = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
        pieces += [struct.pack(">HH", colour.shape[1], colour.shape[0]), colour[..., ::-1].tobytes(), grey.tobytes()]
    with open(os.path.join(HERE, "jpeg.bin.gz"), "wb") as file:
        file.write(gzip.compress(b"".join(pieces), 9, mtime=0))


if __name__ == "__main__":
    write_png_truth(sys.argv[1])
    jpegs = os.path.join(HERE, "jpeg")
    os.makedirs(jpegs, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        write_jpegs(jpegs, work)
    write_jpeg_truth(jpegs)
