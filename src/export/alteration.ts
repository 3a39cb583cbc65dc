/** Script lines that do to `image` what was done to the picture before it was pooled: noise, or a shift. */
import type { Alteration } from '../lab/alteration';
import type { Noise } from '../lab/noise';
import type { Shift } from '../lab/shift';
import type { FileRequest } from './request';

/** The picture's mode and depth, and what is done to it. */
type Altered = Pick<FileRequest, 'alteration' | 'mode' | 'picture'>;

/**
 * Lines that alter `image`, `(H, W)` or `(H, W, C)` of uint8 or uint16, to the same bytes as `altered`. Noise changes it in
 * place. All of NumPy 1 and 2 do: its arrays of uint32 drop what does not fit, and the constants fit.
 */
export function alteringLines({ alteration, mode, picture }: Altered): string[] {
  if (!alteration) return [];
  if (alteration.kind === 'shift') return shiftLines(alteration, mode === 'grey' ? 2 : 3);
  const white = picture.bitDepth === 16 ? 65535 : 255;
  const lines = alteration.kind === 'gaussian' ? gaussianLines : specksLines;
  return ['', '', ...hashLines, '', '', ...lines(alteration, mode, white)];
}

/** What the names of altered pictures have in them: `mountain-noisy-max.png`. */
export function alterationSuffix({ kind }: Alteration): 'shifted' | 'noisy' {
  return kind === 'shift' ? 'shifted' : 'noisy';
}

function shiftLines({ dy, dx }: Shift, axes: 2 | 3): string[] {
  if (dy === 0 && dx === 0) return [];
  const pads = [dy, dx, 0].slice(0, axes).map(by => `(${Math.max(by, 0)}, ${Math.max(-by, 0)})`);
  const [rows, columns] = [dy, dx].map(by => (by > 0 ? `:-${by}` : by < 0 ? `${-by}:` : ':'));
  const moves = [...(dy === 0 ? [] : [`down by ${dy}`]), ...(dx === 0 ? [] : [`right by ${dx}`])].join(', ');
  return [
    '',
    `# Shift the picture ${moves}: repeat its edge there, and cut off as much at the other end.`,
    `image = np.pad(image, (${pads.join(', ')}), 'edge')[${dx === 0 ? rows : `${rows}, ${columns}`}]`,
  ];
}

const hashLines = [
  'def hash32(x):',
  '    # lowbias32 of Wellons 2018, https://nullprogram.com/blog/2018/07/31/: each bit depends on every bit of x.',
  '    # x is an array of uint32, whose products keep their lower 32 bits.',
  '    x = (x ^ (x >> 16)) * 0x7feb352d',
  '    x = (x ^ (x >> 15)) * 0x846ca68b',
  '    return x ^ (x >> 16)',
];

type Lines = (noise: Noise, mode: FileRequest['mode'], white: number) => string[];

const specksLines: Lines = ({ kind, level, seed, perChannel }, mode, white) => {
  const bySample = perChannel && mode !== 'grey';
  const { title, turns, lines } = specks[kind as keyof typeof specks](white);
  return [
    `# ${title}: each ${bySample ? 'channel of each ' : ''}pixel turns ${turns} with this probability.`,
    `probability = ${level}`,
    ...placeLines(seed, mode, bySample || mode === 'grey'),
    'uniform = word / 2.0**32  # from 0 to 1',
    ...lines.map(line => `${coloursOf(mode)}${line}`),
  ];
};

const specks = {
  pepper: () => ({ title: 'Pepper', turns: 'black', lines: ['[uniform < probability] = 0'] }),
  salt: (white: number) => ({ title: 'Salt', turns: 'white', lines: [`[uniform < probability] = ${white}`] }),
  saltAndPepper: (white: number) => ({
    title: 'Salt and pepper',
    turns: 'white or black, one as often as the other,',
    lines: ['[uniform < probability] = 0', `[uniform < probability / 2] = ${white}`],
  }),
};

const gaussianLines: Lines = ({ level, seed }, mode, white) => {
  const colours = coloursOf(mode);
  return [
    '# Gaussian noise: twelve uniform numbers of 16 bits, whose sum is nearly normal (Irwin-Hall distribution).',
    white === 255 ? `sigma = ${level}` : `sigma = ${level} * 257  # of 16 bits: 65535 / 255 is 257`,
    ...placeLines(seed, mode, true),
    'words = (hash32(word + i) for i in range(1, 7))',
    'total = sum((bits & 0xffff) + (bits >> 16) for bits in words)',
    'normal = (total - 393210.0) / 65536  # less the mean, 12 * 65535 / 2, by the standard deviation',
    '# Add, round and clip: + 0.5, since integers drop what is behind the point.',
    `${colours}[:] = np.clip(${colours} + sigma * normal + 0.5, 0, ${white})`,
  ];
};

/** Lines that make `word`, 32 bits for each sample or pixel. */
function placeLines(seed: number, mode: FileRequest['mode'], bySample: boolean): string[] {
  const colours = coloursOf(mode);
  return [
    `seed = np.array([${seed >>> 0}], np.uint32)`,
    ...(mode === 'alpha' ? ['colours = image[..., :3]  # a view of image: alpha stays as it is'] : []),
    ...(bySample
      ? [`index = np.arange(${colours}.size, dtype=np.uint32).reshape(${colours}.shape)`]
      : [
          'height, width = image.shape[:2]',
          'index = np.arange(height * width, dtype=np.uint32).reshape(height, width)',
        ]),
    'word = hash32(hash32(index) ^ hash32(seed ^ 0x9e3779b9))  # 32 bits that look random, from seed and place alone',
  ];
}

/** The array of the channels that noise changes. */
function coloursOf(mode: FileRequest['mode']): 'image' | 'colours' {
  return mode === 'alpha' ? 'colours' : 'image';
}
