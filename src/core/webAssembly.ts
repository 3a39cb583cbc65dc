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

const pageBytes = 65536;

/** Larger memories are not kept: their size makes the garbage collector run soon. */
const mostSpareBytes = 256 << 20;

/**
 * Memories of this thread that nothing uses. V8 reserves 8 GB of addresses for each memory, however small; in Chromium
 * there are enough of them for 125 memories in all threads of a process. Small memories that are dropped hardly make the
 * garbage collector run, and no other thread can start it: so they are used again.
 */
const spare: WasmMemory[] = [];

/**
 * A memory with at least so many bytes, whatever they are; undefined if WebAssembly cannot run or there is none to be
 * had. Give it back with {@link releaseMemory}.
 */
export function takeMemory(bytes = 0): WasmMemory | undefined {
  if (!hasWebAssembly()) return undefined;
  try {
    const memory = spare.pop() ?? new (webAssembly().Memory)({ initial: 1 });
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    return memory;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Gives back a taken memory, which must not be used afterwards. */
export function releaseMemory(memory: WasmMemory): void {
  if (memory.buffer.byteLength <= mostSpareBytes) spare.push(memory);
}

/** What `use` returns, which has a memory for itself until then; undefined if there is none. */
export function withMemory<T>(use: (memory: WasmMemory) => T): T | undefined {
  const memory = takeMemory();
  if (!memory) return undefined;
  try {
    return use(memory);
  } finally {
    releaseMemory(memory);
  }
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
