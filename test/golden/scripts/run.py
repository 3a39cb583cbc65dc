"""Runs generated scripts one after the other, each in its folder, as `python3 script.py` would, in one process.

    python3 run.py jobs.json results.json

jobs.json holds [{"folder", "script"}]. results.json gets for each the lines that it printed, and its error if it failed;
what it read as `image` is saved as SCRIPT.image.npy. A process of its own for each would import PyTorch hundreds of times.
"""
import contextlib
import io
import json
import os
import sys
import traceback

import numpy as np

jobs_path, results_path = map(os.path.abspath, sys.argv[1:])
with open(jobs_path, encoding='utf-8') as file:
    jobs = json.load(file)
results = []
for job in jobs:
    os.chdir(job['folder'])
    with open(job['script'], encoding='utf-8') as file:
        source = file.read()
    names = {'__name__': '__main__'}
    printed = io.StringIO()
    error = None
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(source, job['script'], 'exec'), names)
        np.save(job['script'] + '.image.npy', np.ascontiguousarray(names['image']))
    except Exception:
        error = traceback.format_exc()
    results.append({'printed': printed.getvalue().splitlines(), 'error': error})
with open(results_path, 'w', encoding='utf-8') as file:
    json.dump(results, file)
