import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Tensor } from '../../src/core/tensor';
import { poolModel } from '../golden/onnx-model';
import { installed, npmInstall } from '../host/install';
import { type Case, type Contender, outputSize } from './contender';

const RUNTIME = '1.30.0';
const TENSORFLOW = '4.22.0';

/** The little of onnxruntime-node that is used here; it is not among the project's own packages. */
interface Runtime {
  readonly InferenceSession: {
    create(
      model: Uint8Array,
    ): Promise<{ run(feeds: object, fetches: object): Promise<unknown>; release(): Promise<void> }>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object;
}

/** And of TensorFlow.js. */
interface TensorFlow {
  setBackend(name: 'wasm'): Promise<boolean>;
  ready(): Promise<void>;
  tensor4d(values: Float32Array, shape: readonly number[]): TensorFlowTensor;
  maxPool(x: TensorFlowTensor, kernel: number, stride: number, padding: number): TensorFlowTensor;
  avgPool(x: TensorFlowTensor, kernel: number, stride: number, padding: number): TensorFlowTensor;
}
interface TensorFlowTensor {
  dispose(): void;
}

/** ONNX Runtime and TensorFlow.js, installed into a folder that git ignores; none where that cannot be done. */
export async function packageContenders(pictures: (channels: 1 | 3) => Tensor<Uint8Array>): Promise<Contender[]> {
  try {
    const folder = await installed('bench', 'ONNX Runtime and TensorFlow.js to compare with', (into, step) =>
      npmInstall(step, into, [
        `onnxruntime-node@${RUNTIME}`,
        `@tensorflow/tfjs-core@${TENSORFLOW}`,
        `@tensorflow/tfjs-backend-wasm@${TENSORFLOW}`,
      ]),
    );
    const load = createRequire(join(folder, 'package.json'));
    return [onnxRuntime(load('onnxruntime-node'), pictures), await tensorFlow(load, pictures)];
  } catch (error) {
    console.error(`Without ONNX Runtime and TensorFlow.js: ${(error as Error).message}`);
    return [];
  }
}

function onnxRuntime(runtime: Runtime, pictures: (channels: 1 | 3) => Tensor<Uint8Array>): Contender {
  let release: () => Promise<void> = async () => {};
  return {
    name: 'ONNX Runtime',
    about: `onnxruntime-node ${RUNTIME}, its own number of threads, float32 NCHW, output reused`,
    prepare: async test => {
      const { shape, data } = pictures(test.channels);
      const [, channels, height, width] = shape;
      const planes = new Float32Array(data.length);
      for (let i = 0; i < data.length; i++)
        planes[(i % channels) * height * width + Math.floor(i / channels)] = data[i]!;
      const { kind, kernel, stride, padding } = test;
      const model = poolModel({
        operator: kind === 'max' ? 'MaxPool' : 'AveragePool',
        opset: 19,
        elementType: 'float32',
        shape,
        attributes: {
          kernel_shape: [kernel, kernel],
          strides: [stride, stride],
          pads: [padding, padding, padding, padding],
          ...(kind === 'average' ? { count_include_pad: 1 } : {}),
        },
        indices: false,
      });
      await release();
      const session = await runtime.InferenceSession.create(model);
      release = () => session.release();
      const result = [1, channels, outputSize(test, height), outputSize(test, width)];
      const output = new Float32Array(result.reduce((a, b) => a * b));
      const feeds = { X: new runtime.Tensor('float32', planes, shape) };
      const fetches = { Y: new runtime.Tensor('float32', output, result) };
      return async () => {
        const start = performance.now();
        await session.run(feeds, fetches);
        return performance.now() - start;
      };
    },
  };
}

async function tensorFlow(load: NodeJS.Require, pictures: (channels: 1 | 3) => Tensor<Uint8Array>): Promise<Contender> {
  const tf = load('@tensorflow/tfjs-core') as TensorFlow;
  load('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  await tf.ready();
  let last: TensorFlowTensor | undefined;
  return {
    name: 'TensorFlow.js',
    about: `@tensorflow/tfjs-backend-wasm ${TENSORFLOW}, SIMD, float32 NHWC`,
    prepare: async (test: Case) => {
      const { shape, data } = pictures(test.channels);
      const [, channels, height, width] = shape;
      last?.dispose();
      const input = tf.tensor4d(Float32Array.from(data), [1, height, width, channels]);
      last = input;
      const pool = test.kind === 'max' ? tf.maxPool : tf.avgPool;
      return () => {
        const start = performance.now();
        const output = pool(input, test.kernel, test.stride, test.padding);
        const time = performance.now() - start;
        output.dispose();
        return time;
      };
    },
  };
}
