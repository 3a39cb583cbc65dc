import type { Format } from '../format';

export const jpeg = {
  title: 'JPEG',
  extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
  magic: '\xff\xd8\xff',
} as const satisfies Format;
