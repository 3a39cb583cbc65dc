// Runs a model in ONNX Runtime for onnxruntime.py: node onnxruntime.cjs FOLDER '{"x":[1,1,4,4]}'
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { InferenceSession, Tensor } = createRequire(`${process.env.ONNXRUNTIME}/package.json`)('onnxruntime-node');

async function main([folder, inputs]) {
  const session = await InferenceSession.create(`${folder}/model.onnx`);
  const feeds = {};
  for (const [name, shape] of Object.entries(JSON.parse(inputs))) {
    const bytes = readFileSync(`${folder}/${name}.in`);
    feeds[name] = new Tensor('float32', new Float32Array(new Uint8Array(bytes).buffer), shape);
  }
  const outputs = await session.run(feeds);
  const shapes = {};
  for (const name of session.outputNames) {
    const { data, dims } = outputs[name];
    writeFileSync(`${folder}/${name}.out`, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    shapes[name] = dims;
  }
  console.log(JSON.stringify(shapes));
}
main(process.argv.slice(2));
