"""Golden values of calls in source: writes calls.json beside this file.

    /usr/bin/python3 -m venv --system-site-packages /tmp/venv && /tmp/venv/bin/pip install tensorflow-cpu 'numpy<2'
    /tmp/venv/bin/python test/golden/calls.py

(the Python has PyTorch from Debian's python3-torch; TensorFlow brings Keras 3.)

Every snippet of call_snippets.py is run for real, and each call of a pooling that it makes tells of itself: where it stands
(as CPython knows it of the running instruction), what the layer that PyTorch or Keras made has for attributes, or what the
function was given under its own signature, and the size of what it makes of a picture of 23 × 29 pixels, or null if it
refuses. What a snippet does not say has the framework's default here; which settings these are stands beside the snippet.
Left out: the sizes of global pooling, and of pictures with their channels first, which TensorFlow may not compute.
Modules that only older versions have (keras.layers.pooling, tf_keras, …) stand for Keras' own here.
"""
import ast
import functools
import importlib
import inspect
import json
import os
import pathlib
import sys
import types
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")

import keras
import tensorflow as tf
import torch
import torch.nn.functional as F

from call_snippets import KERAS, TORCH

SIZE = (23, 29)
SNIPPET = "<snippet>"
PICTURES = {"pytorch": torch.arange(2.0 * 23 * 29).reshape(1, 2, *SIZE), "keras": tf.ones((1, *SIZE, 2))}
NO_PADDING = {"top": 0, "bottom": 0, "left": 0, "right": 0}
SETTINGS = {
    "kernel_size": "kernelSize", "pool_size": "kernelSize", "ksize": "kernelSize", "stride": "stride", "strides": "stride",
    "padding": "padding", "dilation": "dilation", "return_indices": "returnIndices", "ceil_mode": "ceilMode",
    "count_include_pad": "countIncludePad", "divisor_override": "divisorOverride", "norm_type": "norm", "output_size": "outputSize",
}


def both(value):
    """One number, or a sequence of one, is for both axes."""
    if not isinstance(value, (tuple, list)):
        return [value, value]
    return list(value) * 2 if len(value) == 1 else list(value)


def torch_stride(values):
    return both(values["kernel_size"] if values["stride"] in (None, (), []) else values["stride"])


def torch_window(operator):
    def layer(values):
        padding = values["padding"]
        if padding not in ("same", None, ()):
            top, left = both(padding)
            padding = {"top": top, "bottom": top, "left": left, "right": left}
        made = {
            "operator": operator, "framework": "pytorch", "kernelSize": both(values["kernel_size"]), "stride": torch_stride(values),
            "padding": padding, "dilation": both(values.get("dilation", 1)), "ceilMode": values["ceil_mode"],
            "countIncludePad": values.get("count_include_pad", True),
        }
        if values.get("divisor_override") is not None:
            made["divisorOverride"] = values["divisor_override"]
        if values.get("return_indices"):
            made["returnIndices"] = True
        return made
    return layer


def lp(values):
    return {
        "operator": "lp", "framework": "pytorch", "norm": values["norm_type"], "kernelSize": both(values["kernel_size"]),
        "stride": torch_stride(values), "ceilMode": values["ceil_mode"],
    }


def adaptive(operator, framework):
    def layer(values):
        made = {"operator": operator, "framework": framework, "outputSize": both(values["output_size"])}
        if values.get("return_indices"):
            made["returnIndices"] = True
        return made
    return layer


def keras_layer(operator, kernel, stride, padding):
    return {
        "operator": operator, "framework": "keras", "kernelSize": kernel, "stride": stride, "padding": padding,
        "dilation": [1, 1], "ceilMode": False, "countIncludePad": False,
    }


def keras_padding(word):
    return {"same": "same", "valid": NO_PADDING}.get(word.lower()) if isinstance(word, str) else word


def keras_window(operator):
    return lambda values: keras_layer(
        operator, both(values["pool_size"]), both(values["strides"]), keras_padding(values["padding"]))


def tensorflow_window(operator):
    def sides(value):
        return list(value[1:3]) if isinstance(value, (tuple, list)) and len(value) == 4 else both(1 if value is None else value)
    return lambda values: keras_layer(
        operator, sides(values["ksize"]), sides(values["strides"]), keras_padding(values["padding"]))


def keras_global(operator):
    return lambda values: {"operator": operator, "framework": "keras"}


def unsupported(values):
    return None


MODULES = {
    "MaxPool2d": torch_window("max"), "AvgPool2d": torch_window("average"), "LPPool2d": lp,
    "AdaptiveMaxPool2d": adaptive("adaptiveMax", "pytorch"), "AdaptiveAvgPool2d": adaptive("adaptiveAverage", "pytorch"),
    "FractionalMaxPool2d": unsupported,
}
FUNCTIONS = {
    "max_pool2d": torch_window("max"), "max_pool2d_with_indices": torch_window("max"), "avg_pool2d": torch_window("average"),
    "lp_pool2d": lp, "adaptive_max_pool2d": adaptive("adaptiveMax", "pytorch"),
    "adaptive_avg_pool2d": adaptive("adaptiveAverage", "pytorch"), "fractional_max_pool2d": unsupported,
}
LAYERS = {
    "MaxPooling2D": keras_window("max"), "AveragePooling2D": keras_window("average"),
    "GlobalMaxPooling2D": keras_global("globalMax"), "GlobalAveragePooling2D": keras_global("globalAverage"),
    "AdaptiveMaxPooling2D": adaptive("adaptiveMax", "keras"), "AdaptiveAveragePooling2D": adaptive("adaptiveAverage", "keras"),
}
TENSORFLOW = {name + d: tensorflow_window(operator) for name, operator in (("max_pool", "max"), ("avg_pool", "average")) for d in ("", "2d")}

recorded = []


def record(caller, callee, signature, framework, layer, values, pool):
    """Notes a call that the snippet's own code makes, not one inside a framework."""
    if caller.f_code.co_filename != SNIPPET:
        return
    place = list(caller.f_code.co_positions())[caller.f_lasti // 2]
    recorded.append(dict(
        place=place, callee=callee, parameters=list(signature.parameters), framework=framework, layer=layer, values=values, pool=pool))


def record_class(owner, name, callee, framework, layer):
    made = getattr(owner, name)
    init = made.__init__
    signature = inspect.signature(made)

    @functools.wraps(init)
    def wrapper(self, *args, **kwargs):
        init(self, *args, **kwargs)
        record(sys._getframe(1), callee, signature, framework, layer, vars(self), lambda: self(PICTURES[framework]))

    # Keras asks for it.
    wrapper.__signature__ = inspect.signature(init)
    made.__init__ = wrapper


def record_function(owner, name, callee, framework, layer, signature):
    function = getattr(owner, name)

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        first, *_ = signature.parameters
        rest = dict(bound.arguments)
        rest.pop(first)
        on_picture = functools.partial(function, **{first: PICTURES[framework], **rest})
        record(sys._getframe(1), callee, signature, framework, layer, bound.arguments, on_picture)
        return function(*args, **kwargs)

    setattr(owner, name, wrapper)


def torch_signature(function, name):
    """Built-in functions have their signatures in PyTorch's table for its own tests; those that dispatch, in what they dispatch to."""
    plain = getattr(F, f"_{name}", None) or torch.overrides.get_testing_overrides().get(function) or function
    return inspect.signature(plain)


def record_all():
    overridden = [(F, name, f"F.{name}", layer) for name, layer in FUNCTIONS.items()]
    overridden.append((torch, "max_pool2d", "torch.max_pool2d", FUNCTIONS["max_pool2d"]))
    signatures = [
        torch.overrides.get_testing_overrides().get(torch.max_pool2d) if owner is torch else None for owner, *_ in overridden]
    for (owner, name, callee, layer), own in zip(overridden, signatures):
        signature = inspect.signature(own) if own else torch_signature(getattr(owner, name), name)
        record_function(owner, name, callee, "pytorch", layer, signature)
    for name, layer in MODULES.items():
        record_class(torch.nn, name, f"nn.{name}", "pytorch", layer)
    for name, layer in LAYERS.items():
        record_class(keras.layers, name, f"keras.layers.{name}", "keras", layer)
    for name, layer in TENSORFLOW.items():
        for owner in {tf.nn, tf.compat.v1.nn, importlib.import_module("tensorflow.nn")}:
            record_function(owner, name, f"tf.nn.{name}", "keras", layer, inspect.signature(getattr(owner, name)))
    for name in ("tf_keras", "keras_core"):
        sys.modules[name] = keras
    for name in ("keras.layers.pooling", "keras.layers.convolutional", "keras.api.layers", "tensorflow.python.keras.layers"):
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(vars(keras.layers))


class Text:
    """A source, and the places in it that CPython counts in lines and bytes of UTF-8."""

    def __init__(self, source):
        self.source = source
        self.bytes = source.encode()
        self.starts = [0]
        for line in self.bytes.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def at(self, line, column):
        # The mark at the beginning of a file is not counted.
        mark = 3 if line == 1 and self.bytes.startswith(b"\xef\xbb\xbf") else 0
        return len(self.bytes[: self.starts[line - 1] + column + mark].decode())

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def units(self, index):
        """An index in UTF-16 units."""
        return len(self.source[:index].encode("utf-16-le")) // 2

    def bracketed(self, start, end, least):
        """A value with the brackets around it, which belong to no node."""
        while True:
            before, after = self.source[least:start].rstrip(), self.source[end:].lstrip()
            if not before.endswith("(") or not after.startswith(")"):
                return start, end
            start, end = least + len(before) - 1, len(self.source) - len(after) + 1


def arguments(text, call, parameters):
    """The text of each setting that is given, by name."""
    texts = {}
    least = text.source.index("(", text.span(call.func)[1]) + 1

    def give(name, node):
        inner = node.value if isinstance(node, ast.NamedExpr) and text.source[least:text.span(node)[0]].strip()[-1:] != "(" else node
        if name in SETTINGS:
            start, end = text.bracketed(*text.span(inner), least)
            texts[SETTINGS[name]] = text.source[start:end]

    names = iter(parameters)
    for node in call.args:
        if not isinstance(node, ast.Starred):
            give(next(names), node)
        elif isinstance(node.value, (ast.Tuple, ast.List)):
            for item in node.value.elts:
                give(next(names), item)
        else:
            break
    for keyword in call.keywords:
        if keyword.arg:
            give(keyword.arg, keyword.value)
        elif isinstance(keyword.value, ast.Dict):
            for key, value in zip(keyword.value.keys, keyword.value.values):
                give(key.value, value)
    return texts


def default_for(setting, layer):
    return {
        "kernelSize": [2, 2], "stride": layer.get("kernelSize"), "padding": NO_PADDING, "dilation": [1, 1], "ceilMode": False,
        "countIncludePad": layer["framework"] == "pytorch", "norm": 2, "outputSize": [None, None],
    }.get(setting)


def without(layer, unknown, given):
    """The layer with defaults for what the source does not say. A stride that is not given follows the kernel size."""
    made = dict(layer)
    for setting in sorted(unknown):
        made[setting] = default_for(setting, made)
    if "kernelSize" in unknown and ("stride" not in given or "stride" in unknown) and "stride" in made:
        made["stride"] = made["kernelSize"]
    return {setting: value for setting, value in made.items() if value is not None}


def size_of(call):
    """Height and width of the output, None if the framework refuses."""
    data_format = call["values"]["data_format"] if call["framework"] == "keras" else None
    if call["layer"] is unsupported or "Global" in call["callee"] or data_format in ("channels_first", "NCHW"):
        return {}
    try:
        pooled = call["pool"]()
    except Exception:
        return {} if call["framework"] == "keras" else {"size": None}
    pooled = pooled[0] if isinstance(pooled, (tuple, list)) else pooled
    return {"size": list(pooled.shape[2:] if call["framework"] == "pytorch" else pooled.shape[1:3])}


def run(snippet, picture):
    recorded.clear()
    namespace = {
        "__name__": "snippet", "torch": torch, "nn": torch.nn, "F": F, "tf": tf, "keras": keras, "layers": keras.layers,
        "x": picture, "self": types.SimpleNamespace(), "conv": lambda x: x,
    }
    code = compile(snippet.source.encode(), SNIPPET, "exec")
    exec(code, namespace)
    exec(snippet.run, namespace)


def cases(snippets, framework):
    for snippet in snippets:
        try:
            run(snippet, PICTURES[framework])
        except Exception as error:
            raise RuntimeError(f"in\n{snippet.source}") from error
        text = Text(snippet.source)
        nodes = [node for node in ast.walk(ast.parse(snippet.source.encode())) if isinstance(node, ast.Call)]
        # An instruction's own start can be in the middle of a call over several lines.
        by_end = {text.span(node)[1]: node for node in nodes}
        calls = {}
        for call in recorded:
            _, line, _, column = call["place"]
            node = by_end[text.at(line, column)]
            calls.setdefault(text.span(node), (node, call))
        rows = []
        for number, ((start, end), (node, call)) in enumerate(sorted(calls.items(), key=lambda item: item[0])):
            unknown = list(snippet.unknown[number]) if number < len(snippet.unknown) else []
            given = arguments(text, node, call["parameters"])
            layer = call["layer"](call["values"])
            rows.append({
                "start": text.units(start), "text": snippet.source[start:end], "callee": call["callee"],
                "framework": call["framework"], "layer": layer and without(layer, unknown, given), "unknown": sorted(unknown),
                "arguments": given, **({} if unknown else size_of(call)),
            })
        if not rows:
            raise RuntimeError(f"no call in\n{snippet.source}")
        yield {"source": snippet.source, "calls": rows}


if __name__ == "__main__":
    record_all()
    made = [*cases(TORCH, "pytorch"), *cases(KERAS, "keras")]
    about = f"PyTorch {torch.__version__}, Keras {keras.__version__}, TensorFlow {tf.__version__}"
    rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in made)
    pathlib.Path(__file__).with_name("calls.json").write_text(f'{{"about": "{about}", "cases": [\n{rows}\n]}}\n', newline="\n")
    print(len(made), "snippets,", sum(len(case["calls"]) for case in made), "calls")
