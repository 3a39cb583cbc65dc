import type { Format } from '../format';

export const png = {
  title: 'PNG',
  extensions: ['png', 'apng'],
  magic: '\x89PNG\r\n\x1a\n',
} as const satisfies Format;
