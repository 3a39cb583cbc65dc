/** The packaged pictures in media/samples, each with what it teaches: in English, translated where it is shown. */
export const samples = {
  'mountain.jpg': 'A photo in colour: what a pooling keeps of it, and what it loses',
  'mountain-gray.jpg': 'The same photo with one channel: (700, 1024) becomes [1, 1, 350, 512]',
  'checkerboard.png': 'Squares of 1, 2, 3 and 8 pixels: the smallest turn all white or all grey',
  'edges.png': 'Thin lines on dark and on light: which of them survive?',
  'salt-and-pepper.png': 'Specks of noise: max removes the dark ones and spreads the bright ones',
  'text.png': 'Letters: max fattens light strokes and eats dark ones',
} as const;

export type SampleName = keyof typeof samples;

export const sampleNames = Object.keys(samples) as SampleName[];

/** Whether a value, such as a command's argument, is the name of a packaged picture. */
export function isSampleName(value: unknown): value is SampleName {
  return sampleNames.some(name => name === value);
}
