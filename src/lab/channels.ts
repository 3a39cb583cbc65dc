import type { Samples } from '../core/tensor';

/** How many of a picture's channels are colours: the second of two and the fourth of four are alpha. */
export function colourChannels(channels: number): number {
  return channels === 2 || channels === 4 ? channels - 1 : channels;
}

/** The value of white: 65535 for 16-bit samples, else 255. */
export function whiteLevel(samples: Samples): 255 | 65535 {
  return samples instanceof Uint16Array ? 65535 : 255;
}
