import { fromBase64 } from './base64';

/** The part of WebAssembly used here: core is compiled without the types of a browser or of Node, which both have it. */
interface WebAssemblyLike {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports?: object) => { readonly exports: unknown };
  Memory: new (limits: { initial: number }) => WasmMemory;
}

/** A memory that instances work in. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Where something lies in a memory. Nothing that lies behind it is needed any more. */
export interface MemoryPlace {
  readonly memory: WasmMemory;
  readonly address: number;
}

/** An embedded module, compiled at the first instance and then kept: compiling takes some ms, an instance a fraction of one. */
export class EmbeddedWasm<Exports extends object> {
  #compiled: object | undefined;

  /** @param base64 the module, without padding */
  constructor(private readonly base64: string) {}

  /** Compiles the module unless that is done. @throws where WebAssembly cannot run (a process started with `--jitless`) */
  compile(): object {
    this.#compiled ??= new (webAssembly().Module)(fromBase64(this.base64));
    return this.#compiled;
  }

  /** A fresh instance. @throws where WebAssembly cannot run */
  instantiate(imports?: object): Exports {
    return new (webAssembly().Instance)(this.compile(), imports).exports as Exports;
  }

  /** A fresh instance of a module that imports its memory, with that memory. @throws where WebAssembly cannot run */
  instantiateIn(memory: WasmMemory): Exports & { readonly memory: WasmMemory } {
    return { memory, ...this.instantiate({ env: { memory } }) };
  }
}

/** A memory of one page of 64 KB, which can grow. @throws where WebAssembly cannot run */
export function newMemory(): WasmMemory {
  return new (webAssembly().Memory)({ initial: 1 });
}

function webAssembly(): WebAssemblyLike {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyLike };
  if (!WebAssembly) throw new Error('There is no WebAssembly here.');
  return WebAssembly;
}

/** Whether WebAssembly can run here; a VS Code hardened with `--jitless` has none. */
export function hasWebAssembly(): boolean {
  return 'WebAssembly' in globalThis;
}
