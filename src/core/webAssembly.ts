import { fromBase64 } from './base64';

/**
 * The part of WebAssembly used here. Core is compiled without the types of browsers and of Node, which both have it.
 */
interface WebAssemblyLike {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports?: object) => { readonly exports: unknown };
  Memory: new (limits: { initial: number }) => WasmMemory;
}

/** A memory for module instances. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Where data lies in a memory. Whatever comes after the data may be overwritten. */
export interface MemoryPlace {
  readonly memory: WasmMemory;
  readonly address: number;
}

/**
 * An embedded module. It is compiled for the first instance and then kept: compiling takes some ms, an instance a
 * fraction of one.
 */
export class EmbeddedWasm<Exports extends object> {
  #compiled: object | undefined;

  /** @param base64 the module in base64, without padding */
  constructor(private readonly base64: string) {}

  /**
   * Compiles the module unless that is done.
   * @throws {Error} if WebAssembly cannot run (a process started with `--jitless`)
   */
  compile(): object {
    this.#compiled ??= new (webAssembly().Module)(fromBase64(this.base64));
    return this.#compiled;
  }

  /**
   * A new instance.
   * @throws {Error} if WebAssembly cannot run
   */
  instantiate(imports?: object): Exports {
    return new (webAssembly().Instance)(this.compile(), imports).exports as Exports;
  }

  /**
   * A new instance, in this memory, of a module that imports its memory.
   * @throws {Error} if WebAssembly cannot run
   */
  instantiateIn(memory: WasmMemory): Exports & { readonly memory: WasmMemory } {
    return { memory, ...this.instantiate({ env: { memory } }) };
  }
}

/**
 * A memory of one page of 64 KB, which can grow.
 * @throws {Error} if WebAssembly cannot run
 */
export function newMemory(): WasmMemory {
  return new (webAssembly().Memory)({ initial: 1 });
}

function webAssembly(): WebAssemblyLike {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyLike };
  if (!WebAssembly) throw new Error('There is no WebAssembly here.');
  return WebAssembly;
}

/** Whether WebAssembly can run here; not in a VS Code hardened with `--jitless`. */
export function hasWebAssembly(): boolean {
  return 'WebAssembly' in globalThis;
}
