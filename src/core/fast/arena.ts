import type { EmbeddedWasm, WasmMemory } from '../webAssembly';

/** A piece of the kernels' memory. It keeps its content while other areas grow, but its address may change. */
export interface Area {
  readonly address: number;
  readonly capacity: number;
}

const PAGE = 65536;
/** Bytes of room after each row and area, because kernels read and write too far; also the alignment of addresses. */
export const SLACK = 64;

/**
 * The kernels' memory: areas in the order of their creation, then scratch rows that last for one pooling. It grows when
 * necessary and never shrinks (WebAssembly memory cannot).
 */
export class Arena {
  readonly #instances = new Map<unknown, unknown>();
  readonly #areas: { address: number; capacity: number }[] = [];
  readonly #start: number;
  #scratch: number;

  /** @param from below it, the memory holds other data */
  constructor(
    readonly memory: WasmMemory,
    from = 0,
  ) {
    this.#start = Math.ceil(from / SLACK + 1) * SLACK;
    this.#scratch = this.#start;
  }

  /**
   * The kernels of a module, instantiated in this memory. The first call of all compiles the module synchronously: some
   * ms.
   */
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

  /** Makes the area hold at least `bytes`; what lies after it is moved. If it has to grow, scratch rows are lost. */
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

  /** Frees all scratch rows. */
  clearScratch(): void {
    this.#scratch = this.#end();
  }

  /** The address of a new scratch row. Its content is undefined. */
  row(bytes: number): number {
    const address = this.#scratch;
    const end = address + Math.ceil((bytes + SLACK) / SLACK) * SLACK;
    this.#grow(end);
    this.#scratch = end;
    return address;
  }

  /** The address of a new scratch row of zeros. */
  zeros(bytes: number): number {
    return this.filled(bytes, 0);
  }

  /** The address of a new scratch row filled with one value. */
  filled(bytes: number, value: number): number {
    const address = this.row(bytes);
    this.bytes(address, bytes + SLACK).fill(value);
    return address;
  }

  /** A view of the memory, valid until the memory grows. */
  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, address, length);
  }

  words(address: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  get size(): number {
    return this.memory.buffer.byteLength;
  }

  #end(): number {
    const last = this.#areas.at(-1);
    return last ? last.address + last.capacity : this.#start;
  }

  /** Grows the memory if necessary. Throws if there is no more memory: change the arena's own state only afterwards. */
  #grow(top: number): void {
    const missing = top + SLACK - this.size;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
  }
}
