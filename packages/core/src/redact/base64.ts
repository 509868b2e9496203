const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648 section 4) without padding. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let place = 0; place < Math.min(left, 3) + 1; place += 1) {
      text += letters.charAt((triple >> (18 - 6 * place)) & 63);
    }
  }
  return text;
}

/** The alphabet that is safe in URLs and file names (RFC 4648 section 5). */
export const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
