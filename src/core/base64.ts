/** Decodes base64 without padding; `atob` is not part of ECMAScript, and core uses nothing else. */
export function fromBase64(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const values = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let i = 0, bits = 0, at = 0; i < text.length; i++) {
    bits = (bits << 6) | values[text.charCodeAt(i)]!;
    // Four characters hold 3 bytes: every character but the first of four completes one.
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}
