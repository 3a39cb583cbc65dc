import { type EmbeddedWasm, newMemory, type WasmMemory } from '../webAssembly';

/** A piece of the kernels' memory that keeps its content until it is asked for anew, though not its address. */
export interface Area {
  readonly address: number;
  readonly capacity: number;
}

const PAGE = 65536;
/** Room behind each row and area, for the kernels read and write that much too far; and what addresses are aligned to. */
export const SLACK = 64;

/**
 * The kernels' memory: areas in the order in which they were made, and behind them scratch rows that last for one pooling.
 * It grows when it must and never shrinks (WebAssembly's cannot): drop the arena to give it back.
 */
export class Arena {
  readonly memory: WasmMemory;
  readonly #instances = new Map<unknown, unknown>();
  readonly #areas: { address: number; capacity: number }[] = [];
  readonly #start: number;
  #scratch: number;

  /** @param memory one that holds something of others' below `from`; without it the arena has a memory of its own */
  constructor(memory = newMemory(), from = 0) {
    this.memory = memory;
    this.#start = Math.ceil(from / SLACK + 1) * SLACK;
    this.#scratch = this.#start;
  }

  /** The kernels of a module, working in this memory. Compiles, synchronously, on the first call of all: some ms. */
  kernelsOf<Kernels extends object>(module: EmbeddedWasm<Kernels>): Kernels {
    const instance = this.#instances.get(module) ?? module.instantiateIn(this.memory);
    this.#instances.set(module, instance);
    return instance as Kernels;
  }

  /** A new, empty area. */
  area(): Area {
    const area = { address: this.#end(), capacity: 0 };
    this.#areas.push(area);
    return area;
  }

  /** Sees to it that the area holds `bytes`; what lies behind it moves out of the way. Scratch rows are lost. */
  reserve(area: Area, bytes: number): void {
    // Kernels write beyond the end, so the room behind it has to be the area's own.
    if (bytes + SLACK <= area.capacity) return;
    const index = this.#areas.indexOf(area);
    const behind = area.address + area.capacity;
    const end = this.#end();
    const shift = Math.ceil((bytes + SLACK) / SLACK) * SLACK - area.capacity;
    this.#grow(end + shift);
    if (end > behind) this.bytes(0, end + shift).copyWithin(behind + shift, behind, end);
    this.#areas[index]!.capacity += shift;
    for (const moved of this.#areas.slice(index + 1)) moved.address += shift;
    this.clearScratch();
  }

  /** Gives back all scratch rows. */
  clearScratch(): void {
    this.#scratch = this.#end();
  }

  /** A scratch row: its address. What it holds is undefined. */
  row(bytes: number): number {
    const address = this.#scratch;
    const end = address + Math.ceil((bytes + SLACK) / SLACK) * SLACK;
    this.#grow(end);
    this.#scratch = end;
    return address;
  }

  /** A scratch row of zeros. */
  zeros(bytes: number): number {
    return this.filled(bytes, 0);
  }

  /** A scratch row of one value. */
  filled(bytes: number, value: number): number {
    const address = this.row(bytes);
    this.bytes(address, bytes + SLACK).fill(value);
    return address;
  }

  /** The memory itself. The view is good until the memory grows. */
  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, address, length);
  }

  get size(): number {
    return this.memory.buffer.byteLength;
  }

  #end(): number {
    const last = this.#areas.at(-1);
    return last ? last.address + last.capacity : this.#start;
  }

  /** Throws when there is no more memory to be had; so nothing that an arena knows of itself is changed before. */
  #grow(top: number): void {
    const missing = top + SLACK - this.size;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
  }
}
