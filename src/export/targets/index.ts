/** The table of targets that a pooling can be copied as. To add one, add a folder to this one and a row here. */
import { type Job, planJob } from '../job';
import type { CodeRequest, StackRequest } from '../request';
import { planStackJob, type StackJob } from '../stackJob';
import { kerasCode, kerasStackCode } from './keras/script';
import { numpyCode, numpyLoopsCode, numpyLoopsStackCode, numpyStackCode } from './numpy/script';
import { onnxCode, onnxStackCode } from './onnx/script';
import { pytorchCode, pytorchStackCode } from './pytorch/script';

interface Target {
  /** In English; translated where it is shown. */
  readonly title: string;
  readonly write: (job: Job) => string;
  readonly writeStack: (job: StackJob) => string;
}

export const targets = {
  pytorch: { title: 'PyTorch', write: pytorchCode, writeStack: pytorchStackCode },
  'numpy-loops': { title: 'NumPy, with loops', write: numpyLoopsCode, writeStack: numpyLoopsStackCode },
  numpy: { title: 'NumPy', write: numpyCode, writeStack: numpyStackCode },
  keras: { title: 'Keras', write: kerasCode, writeStack: kerasStackCode },
  onnx: { title: 'ONNX', write: onnxCode, writeStack: onnxStackCode },
} satisfies Record<string, Target>;

export type CodeTarget = keyof typeof targets;

export const codeTargets = Object.keys(targets) as CodeTarget[];

/**
 * A pooling as a complete Python script: it reads the file with OpenCV, pools it, prints the shape at each step, and
 * saves each pooled picture as a PNG beside the file (`mountain-max.png`, `mountain-average.png`). Before it pools it, it
 * puts noise on the picture or shifts it, if so requested, to the same bytes (`mountain-noisy-max.png`).
 *
 * The saved pictures equal the preview's byte for byte: clipped to 0..255 and truncated to uint8, or for a 16-bit file
 * clipped to 0..65535 and truncated to uint16, of which the screen shows the upper byte. If a framework lacks a
 * setting, the script pads explicitly. ONNX Runtime and Keras sum in float32 only: if a window's sum can reach 2²⁴,
 * their averages may differ, and the script says so in a comment. The root of Lᵖ pooling is a framework's own: its last
 * digits may differ, which a picture shows where the value is next to a whole number.
 *
 * @throws {PoolError} for options that their framework refuses, with its own message
 * @throws {InexpressibleError} if the target cannot express the request, not even with padding
 */
export function poolingCode(target: CodeTarget, request: CodeRequest): string {
  return targets[target].write(planJob(request));
}

/**
 * A whole stack as a complete Python script: it reads the file with OpenCV, sends it through the layers and prints the
 * shape behind each, which stands beside the layer as a comment. If all layers are poolings, the last picture is saved as
 * `mountain-stack.png`; values between layers are floats, which frameworks round in ways of their own, so that samples can
 * differ from the preview's by 1 where a value is next to a whole number. Convolutions have random weights: their shapes are
 * known, and nothing is saved.
 *
 * @throws {StackError} for a layer that its framework refuses, with its own message
 * @throws {InexpressibleError} if the target cannot express a layer
 */
export function stackCode(target: CodeTarget, request: StackRequest): string {
  return targets[target].writeStack(planStackJob(request));
}
