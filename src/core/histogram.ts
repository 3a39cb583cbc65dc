import { displayShift, type Tensor } from './tensor';

/** How often each value occurs, for each channel: 256 bins, 16-bit samples by their upper byte. */
export function countValues({ shape: [, channels], data }: Tensor<Uint8Array | Uint16Array>): Uint32Array[] {
  const shift = displayShift(data);
  return Array.from({ length: channels }, (_, channel) => {
    const counts = new Uint32Array(256);
    for (let i = channel; i < data.length; i += channels) counts[data[i]! >> shift]!++;
    return counts;
  });
}
