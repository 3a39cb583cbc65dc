/** The table of frameworks. One more is its name in options.ts, a file here and a row: `FrameworkRules` says what it holds. */
import type { Framework } from '../options';
import type { FrameworkRules } from './framework';
import { keras } from './keras';
import { onnx } from './onnx';
import { pytorch } from './pytorch';

export const frameworks: Readonly<Record<Framework, FrameworkRules>> = { pytorch, keras, onnx };

export const frameworkNames = Object.keys(frameworks) as Framework[];
