"""What PyTorch says of what it refuses."""
import re


def refusal(error, dilation=1):
    """The first line of an error of PyTorch 1.13, in the words of the versions since, which also allow half the dilated kernel."""
    message = str(error).split("\n")[0]
    match = re.fullmatch(r"pad should be at most half of kernel size, but got pad=(-?\d+) and kernel_size=(-?\d+)", message)
    if match is None:
        return message
    pad, kernel = map(int, match.groups())
    return (
        "pad should be at most half of effective kernel size, "
        f"but got pad={pad}, kernel_size={kernel} and dilation={dilation}"
    )
