import { inflateSync } from 'node:zlib';

/**
 * Texts shown by the simple streams of a PDF (ISO 32000-1 section 9.4.3): plain or deflated, strings in brackets or in hex, the
 * pieces of one array joined. Fonts with a coding of their own, and encrypted files, stay closed.
 *
 * @param room most bytes to unpack out of one stream
 */
export function pdfTexts(bytes: Uint8Array, room: number): readonly string[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = whole.toString('latin1');
  const streams: string[] = [];
  for (const match of text.matchAll(/\bstream\r?\n/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endstream', start);
    if (end < 0) break;
    const raw = whole.subarray(start, end);
    streams.push(inflated(raw, room) ?? raw.toString('latin1'));
  }
  return [shown(text), ...streams.flatMap((stream) => [stream, shown(stream)])];
}

function inflated(raw: Uint8Array, room: number): string | null {
  try {
    return inflateSync(raw, { maxOutputLength: Math.max(1, room) }).toString('latin1');
  } catch {
    return null;
  }
}

/** Strings of a content stream, one after the other; numbers between the pieces of an array move letters, not words. */
function shown(stream: string): string {
  return (
    stream
      .replace(/\)\s*-?[\d.]+\s*\(/g, ')(')
      .replace(/>\s*-?[\d.]+\s*</g, '><')
      .match(/\((?:\\.|[^\\()])*\)|<[\da-fA-F\s]+>|\b(?:Tj|TJ|ET)\b/g)
      ?.map((part) =>
        part.startsWith('(')
          ? part
              .slice(1, -1)
              .replace(/\\([0-7]{3})/g, (_, digits: string) =>
                String.fromCharCode(Number.parseInt(digits, 8)),
              )
              .replace(/\\(.)/g, '$1')
          : part.startsWith('<')
            ? Buffer.from(part.replace(/[^\da-fA-F]/g, ''), 'hex')
                .toString('latin1')
                .replaceAll('\0', '')
            : '\n',
      )
      .join('') ?? ''
  );
}
