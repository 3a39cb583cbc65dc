/** The loops of unpacking zlib data that take its time, in AssemblyScript. */

/** Bits left over of what was read, as four 32-bit numbers at `state`, before and after: see `decode`. */
const restAt = 0;
const countAt = 4;
const leftAt = 8;
const distanceAt = 12;
/** Where it stopped: in the input, and in the output. */
const inputAt = 16;
const outputAt = 20;

/** Why it stopped, as in `stops` of ../kernels.ts. */
const more = 0;
const block = 1;
const damaged = 2;

/** The symbol of bits that no symbol has as its code. */
const noSymbol = 320;

/**
 * Unpacks literals and repetitions of a block of RFC 1951. Reads from `at`; the data ends before `end`, where 16 zeros
 * follow. Stops before a symbol that begins behind `enough`. Writes to `to`, up to `limit`; the first byte that can be
 * repeated is at `oldest`. Tables are as in ../codes.ts, `bits` is rootBits + 16 * moreBits of each. `ranges` has bytes
 * and 16-bit numbers: bits and base of 32 lengths, then of 32 distances.
 *
 * At `state` are the bits that were read and not used, their count, what is left of a repetition and its distance.
 * These, and the ends of what was read and written, are there afterwards. Less than 8 bits are left.
 */
export function decode(
  state: usize,
  ranges: usize,
  lengths: usize,
  lengthsBits: i32,
  distances: usize,
  distancesBits: i32,
  at: usize,
  enough: usize,
  end: usize,
  to: usize,
  limit: usize,
  oldest: usize,
): i32 {
  const rootBits: u64 = lengthsBits & 15;
  const rootMask: u64 = (1 << rootBits) - 1;
  const moreBits = lengthsBits >> 4;
  const moreMask: u64 = (1 << moreBits) - 1;
  const furtherLengths = lengths + (2 << (<usize>rootBits));
  const farRootBits: u64 = distancesBits & 15;
  const farRootMask: u64 = (1 << farRootBits) - 1;
  const farMoreBits = distancesBits >> 4;
  const farMoreMask: u64 = (1 << farMoreBits) - 1;
  const furtherDistances = distances + (2 << (<usize>farRootBits));
  let hold: u64 = load<u32>(state, restAt);
  let count: i32 = load<i32>(state, countAt);
  let left: usize = load<i32>(state, leftAt);
  let distance: usize = load<i32>(state, distanceAt);
  let stop = more;
  for (;;) {
    if (left === 0) {
      if (at >= enough) break;
      hold |= load<u64>(at) << count;
      at += (63 - count) >> 3;
      count |= 56;
      let entry: u32 = load<u16>(lengths + ((<usize>(hold & rootMask)) << 1));
      if ((entry & 15) === 0) {
        entry = load<u16>(
          furtherLengths + ((((<usize>(entry >> 4)) << moreBits) + <usize>((hold >> rootBits) & moreMask)) << 1),
        );
      }
      // Three literals take 45 of 56 bits at most: then what follows has to be read anew.
      if (entry < 4096 && to + 3 <= limit && at <= end) {
        store<u8>(to++, entry >> 4);
        hold >>= entry & 15;
        count -= entry & 15;
        entry = load<u16>(lengths + ((<usize>(hold & rootMask)) << 1));
        if ((entry & 15) === 0) {
          entry = load<u16>(
            furtherLengths + ((((<usize>(entry >> 4)) << moreBits) + <usize>((hold >> rootBits) & moreMask)) << 1),
          );
        }
        if (entry < 4096) {
          store<u8>(to++, entry >> 4);
          hold >>= entry & 15;
          count -= entry & 15;
          entry = load<u16>(lengths + ((<usize>(hold & rootMask)) << 1));
          if ((entry & 15) === 0) {
            entry = load<u16>(
              furtherLengths + ((((<usize>(entry >> 4)) << moreBits) + <usize>((hold >> rootBits) & moreMask)) << 1),
            );
          }
          if (entry < 4096) {
            store<u8>(to++, entry >> 4);
            hold >>= entry & 15;
            count -= entry & 15;
            continue;
          }
        }
        hold |= load<u64>(at) << count;
        at += (63 - count) >> 3;
        count |= 56;
      }
      let symbol = entry >> 4;
      if (symbol < 256) {
        // Without room, or without data, the literal stays.
        if (to === limit || count - <i32>(entry & 15) < (<i32>(at - end)) << 3) break;
        store<u8>(to++, symbol);
        hold >>= entry & 15;
        count -= entry & 15;
        continue;
      }
      hold >>= entry & 15;
      count -= entry & 15;
      if (symbol === 256 || symbol === noSymbol) {
        stop = symbol === 256 ? block : damaged;
        break;
      }
      symbol -= 257;
      // A length and a distance take 48 bits at most.
      const lengthBits: u64 = load<u8>(ranges + symbol);
      left = load<u16>(ranges + 64 + (symbol << 1)) + <u32>(hold & ((1 << lengthBits) - 1));
      hold >>= lengthBits;
      count -= <i32>lengthBits;
      entry = load<u16>(distances + ((<usize>(hold & farRootMask)) << 1));
      if ((entry & 15) === 0) {
        entry = load<u16>(
          furtherDistances +
            ((((<usize>(entry >> 4)) << farMoreBits) + <usize>((hold >> farRootBits) & farMoreMask)) << 1),
        );
      }
      hold >>= entry & 15;
      count -= entry & 15;
      symbol = entry >> 4;
      if (symbol === noSymbol) {
        stop = damaged;
        break;
      }
      const distanceBits: u64 = load<u8>(ranges + 32 + symbol);
      distance = load<u16>(ranges + 128 + (symbol << 1)) + <u32>(hold & ((1 << distanceBits) - 1));
      hold >>= distanceBits;
      count -= <i32>distanceBits;
      if (count < (<i32>(at - end)) << 3) break;
    }
    if (to === limit) break;
    if (distance > to - oldest) {
      stop = damaged;
      break;
    }
    const copied = min(left, limit - to);
    left -= copied;
    const next = to + copied;
    let from = to - distance;
    if (distance === 1) {
      memory.fill(to, load<u8>(from), copied);
    } else if (distance >= 8 && next + 8 <= limit) {
      // Up to 7 bytes too many: they are written again.
      for (; to < next; to += 8, from += 8) store<u64>(to, load<u64>(from));
    } else {
      for (; to < next; to++, from++) store<u8>(to, load<u8>(from));
    }
    to = next;
  }
  const unread = count >> 3;
  count &= 7;
  store<u32>(state, <u32>hold & ((1 << count) - 1), restAt);
  store<i32>(state, count, countAt);
  store<i32>(state, <i32>left, leftAt);
  store<i32>(state, <i32>distance, distanceAt);
  store<u32>(state, <u32>(at - unread), inputAt);
  store<u32>(state, <u32>to, outputAt);
  return stop;
}

/** Adler-32 (RFC 1950, section 8.2) of `count` bytes at `from` after those that gave `sum`, 1 for none. */
export function adler32(sum: u32, from: usize, count: i32): u32 {
  let a = sum & 0xffff;
  let b = sum >> 16;
  const falling = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  while (count > 0) {
    // The most bytes whose sums stay below 2³².
    let part = min(count, 5552);
    count -= part;
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighed = i32x4.splat(0);
    const vectors = part >> 4;
    for (let i = 0; i < vectors; i++, from += 16) {
      const bytes = v128.load(from);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighed = i32x4.add(
        weighed,
        i32x4.add(
          i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), i16x8.extend_low_i8x16_u(falling)),
          i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), i16x8.extend_high_i8x16_u(falling)),
        ),
      );
    }
    b += a * (vectors << 4) + (total(before) << 4) + total(weighed);
    a += total(sums);
    for (part &= 15; part > 0; part--, from++) {
      a += load<u8>(from);
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return (b << 16) | a;
}

function total(vector: v128): u32 {
  return (
    i32x4.extract_lane(vector, 0) +
    i32x4.extract_lane(vector, 1) +
    i32x4.extract_lane(vector, 2) +
    i32x4.extract_lane(vector, 3)
  );
}
