/** What a function returns where WebAssembly cannot run. */
export function withoutWebAssembly<T>(compute: () => T): T {
  const kept = globalThis.WebAssembly;
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  try {
    return compute();
  } finally {
    Object.assign(globalThis, { WebAssembly: kept });
  }
}
