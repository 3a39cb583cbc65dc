import { fromBase64 } from './base64';

/** The part of WebAssembly used here: core is compiled without the types of a browser or of Node, which both have it. */
interface WebAssemblyLike {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports?: object) => { readonly exports: unknown };
}

/** A module's memory as its instances export it. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * An embedded module, compiled at the first instance and then kept: compiling takes some ms, an instance a fraction of one.
 * Each instance has a memory of its own, given back with it.
 */
export class EmbeddedWasm<Exports> {
  #compiled: object | undefined;

  /** @param base64 the module, without padding */
  constructor(private readonly base64: string) {}

  /** A fresh instance. @throws where WebAssembly cannot run (a process started with `--jitless`) */
  instantiate(imports?: object): Exports {
    const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyLike };
    if (!WebAssembly) throw new Error('There is no WebAssembly here.');
    this.#compiled ??= new WebAssembly.Module(fromBase64(this.base64));
    return new WebAssembly.Instance(this.#compiled, imports).exports as Exports;
  }
}

/** Whether WebAssembly can run here; a VS Code hardened with `--jitless` has none. */
export function hasWebAssembly(): boolean {
  return 'WebAssembly' in globalThis;
}
