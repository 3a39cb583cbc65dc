/**
 * Script lines that read the picture with OpenCV exactly as the preview decodes it, and that write pictures beside it.
 */
import type { OperatorName } from '../core/operators';
import type { Pair } from '../core/options';
import { tupleText } from '../core/pythonText';
import type { Alteration } from '../lab/alteration';
import { alterationSuffix, alteringLines } from './alteration';
import type { FileJob, Job, Pooling } from './job';
import { pythonString } from './python';

/**
 * Lines that read the file into `image`, `(H, W)` or `(H, W, C)` in RGB order, print its shape, and alter it as requested.
 */
export function readingLines(job: FileJob): string[] {
  const [, channels, height, width] = job.shape;
  const size = tupleText(channels === 1 ? [height, width] : [height, width, channels]);
  if (job.isBlank) {
    return [
      '# Zeros in place of a picture: only the shapes matter.',
      `image = np.zeros(${size}, np.uint8)`,
      `print(image.shape)  # ${size}`,
    ];
  }
  const flags = readingFlags(job);
  const path = pythonString(job.path);
  const read = isAscii(job.path)
    ? `cv2.imread(${[path, ...flags].join(', ')})`
    : // On Windows imread cannot open names that are not ASCII.
      `cv2.imdecode(np.fromfile(${path}, np.uint8), ${flags[0] ?? 'cv2.IMREAD_COLOR'})`;
  const order = { grey: undefined, colour: 'BGR2RGB', alpha: 'BGRA2RGBA' }[job.mode];
  return [
    ...(hasNote(job, 'narrowWindow')
      ? [
          '# OpenCV refuses this PNG, whose pixel data reaches further back than it says. Saved anew by any program it opens.',
        ]
      : []),
    `image = ${read}`,
    'if image is None:',
    "    raise SystemExit('OpenCV found no picture that it can read: check the path, and the folder that this runs in.')",
    ...turningLines(job),
    ...(order ? [`image = cv2.cvtColor(image, cv2.COLOR_${order})`] : []),
    `print(image.shape)  # ${size}`,
    ...alteringLines(job),
  ];
}

/** At most one argument, with only what differs from imread's default, `IMREAD_COLOR`. */
function readingFlags(job: FileJob): string[] {
  const { mode, orient, picture } = job;
  // IMREAD_UNCHANGED keeps alpha and 16 bits, and ignores the EXIF orientation.
  if (mode === 'alpha') return ['cv2.IMREAD_UNCHANGED'];
  const flags = [mode === 'grey' ? 'cv2.IMREAD_GRAYSCALE' : 'cv2.IMREAD_COLOR'];
  if (picture.bitDepth === 16) flags.push('cv2.IMREAD_ANYDEPTH');
  const isLeft = !orient || hasNote(job, 'hiddenOrientation');
  if (isLeft && picture.orientation !== 1) flags.push('cv2.IMREAD_IGNORE_ORIENTATION');
  return flags.length === 1 && mode === 'colour' ? [] : [flags.join(' | ')];
}

/** Lines that turn the picture upright if imread has not. */
function turningLines(job: FileJob): string[] {
  const { mode, orient, picture } = job;
  const isHidden = hasNote(job, 'hiddenOrientation');
  if (!(mode === 'alpha' || isHidden) || !orient || picture.orientation === 1) return [];
  const turned = {
    2: 'cv2.flip(image, 1)',
    3: 'cv2.rotate(image, cv2.ROTATE_180)',
    4: 'cv2.flip(image, 0)',
    5: 'cv2.transpose(image)',
    6: 'cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)',
    7: 'cv2.flip(cv2.transpose(image), -1)',
    8: 'cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE)',
  }[picture.orientation];
  const why = isHidden
    ? 'OpenCV 5 would find the EXIF orientation behind other data, OpenCV 4 does not'
    : 'IMREAD_UNCHANGED passes over the EXIF orientation';
  return [`image = ${turned}  # ${why}`];
}

/** Whether the file has a note with this code. */
function hasNote({ picture }: FileJob, code: string): boolean {
  return picture.notes?.some(note => note.code === code) ?? false;
}

/**
 * Lines that turn `values`, an expression for a float array `(H, W)` or `(H, W, C)`, into a picture and write it as a
 * PNG.
 */
export function writingLines(job: Job, pooling: Pooling, values: string): string[] {
  const lines = savingLines(job, pooling.name, pooling.variable, pooling.output, values);
  return pooling === job.poolings[0] ? [backToPicture, ...lines] : lines;
}

/** {@link writingLines} for the picture behind the last layer of a stack. */
export function writingLastLines(job: FileJob, output: Pair, values: string): string[] {
  if (job.isBlank) return [];
  return [backToPicture, ...savingLines(job, 'stack', 'stack', output, values)];
}

const backToPicture = '# Back to a picture: clip, then truncate.';

function savingLines(job: FileJob, name: OperatorName | 'stack', variable: string, output: Pair, values: string) {
  const channels = job.shape[1];
  const [limit, type] = job.picture.bitDepth === 16 ? [65535, 'uint16'] : [255, 'uint8'];
  const order = { grey: undefined, colour: 'RGB2BGR', alpha: 'RGBA2BGRA' }[job.mode];
  const picture = order ? `cv2.cvtColor(${variable}_image, cv2.COLOR_${order})` : `${variable}_image`;
  const path = pooledPath(job.saveAs ?? job.path, name, job.alteration);
  return [
    `${variable}_image = np.clip(${values}, 0, ${limit}).astype(np.${type})`,
    `print(${variable}_image.shape)  # ${tupleText(channels === 1 ? output : [...output, channels])}`,
    isAscii(path)
      ? `cv2.imwrite(${pythonString(path)}, ${picture})`
      : `cv2.imencode('.png', ${picture})[1].tofile(${pythonString(path)})`,
  ];
}

/**
 * The path of a pooled picture, beside the file: `photos/mountain.jpg` → `photos/mountain-adaptive-max.png`; that of a
 * stack's last picture ends in `-stack.png`. Of an altered picture: `photos/mountain-noisy-max.png`.
 */
export function pooledPath(path: string, name: string, alteration?: Alteration): string {
  const words = alteration ? [alterationSuffix(alteration), name] : [name];
  const suffix = words.join('-').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  return `${path.replace(/(?<=[^/])\.[^./]*$/, '')}-${suffix}.png`;
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
