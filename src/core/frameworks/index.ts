/**
 * The table of frameworks. To add one, add its name to options.ts, a file to this folder and a row here; see
 * `FrameworkRules`.
 */
import type { Framework } from '../options';
import type { FrameworkRules } from './framework';
import { keras } from './keras';
import { onnx } from './onnx';
import { pytorch } from './pytorch';

export const frameworks: Readonly<Record<Framework, FrameworkRules>> = { pytorch, keras, onnx };

export const frameworkNames = Object.keys(frameworks) as Framework[];
