/** The table of targets that a pooling can be copied as. To add one, add a file to this folder and a row here. */
import { type Job, planJob } from '../job';
import type { CodeRequest } from '../request';
import { kerasCode } from './keras';
import { numpyCode, numpyLoopsCode } from './numpy';
import { onnxCode } from './onnx';
import { pytorchCode } from './pytorch';

interface Target {
  /** In English; translated where it is shown. */
  readonly title: string;
  readonly write: (job: Job) => string;
}

export const targets = {
  pytorch: { title: 'PyTorch', write: pytorchCode },
  'numpy-loops': { title: 'NumPy, with loops', write: numpyLoopsCode },
  numpy: { title: 'NumPy', write: numpyCode },
  keras: { title: 'Keras', write: kerasCode },
  onnx: { title: 'ONNX', write: onnxCode },
} satisfies Record<string, Target>;

export type CodeTarget = keyof typeof targets;

export const codeTargets = Object.keys(targets) as CodeTarget[];

/**
 * A pooling as a complete Python script: it reads the file with OpenCV, pools it, prints the shape at each step, and
 * saves each pooled picture as a PNG beside the file (`mountain-max.png`, `mountain-average.png`).
 *
 * The saved pictures equal the preview's byte for byte: clipped to 0..255 and truncated to uint8, or for a 16-bit file
 * clipped to 0..65535 and truncated to uint16, of which the screen shows the upper byte. If a framework lacks a
 * setting, the script pads explicitly. ONNX Runtime and Keras average in float32 only: if a window's sum can reach 2²⁴,
 * their averages may differ, and the script says so in a comment.
 *
 * @throws {PoolError} for options that their framework refuses, with its own message
 * @throws {InexpressibleError} if the target cannot express the request, not even with padding
 */
export function poolingCode(target: CodeTarget, request: CodeRequest): string {
  return targets[target].write(planJob(request));
}
