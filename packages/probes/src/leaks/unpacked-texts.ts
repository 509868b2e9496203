import { gunzipSync, inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { pdfTexts } from './pdf-texts.ts';

/** A text that lay inside bytes, and the packings around it, outermost first: `zip`, `base64 gzip`. */
interface UnpackedText {
  readonly packing: string;
  readonly text: string;
}

/** More than this is not unpacked out of one answer. */
const mostBytes = 32 * 1024 * 1024;
const deepest = 3;
const mostParts = 200;

/**
 * Texts inside gzip, zlib, zip (and with it xlsx, docx, epub), PDF, and inside base64 that begins like one of these; parts in
 * parts too. What cannot be unpacked is left out, and so are bytes beyond 32 MiB.
 */
export function unpackedTexts(bytes: Uint8Array, text: string): readonly UnpackedText[] {
  const found: UnpackedText[] = [];
  let room = mostBytes;
  const take = (packing: string, part: Uint8Array, depth: number): void => {
    if (part.length === 0 || found.length >= mostParts) return;
    room -= part.length;
    if (room < 0) return;
    const inside = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
    found.push({ packing, text: inside });
    open(part, inside, packing, depth + 1);
  };
  const open = (part: Uint8Array, inside: string, packing: string, depth: number): void => {
    if (depth > deepest) return;
    const name = (kind: string): string => (packing === '' ? kind : `${packing} ${kind}`);
    for (const unpacked of unpack(part, room)) take(name(unpacked.kind), unpacked.bytes, depth);
    if (isPdf(part))
      for (const page of pdfTexts(part, room)) found.push({ packing: name('pdf'), text: page });
    for (const encoded of inside.match(packedBase64) ?? []) {
      const decoded = Buffer.from(encoded, 'base64');
      for (const unpacked of unpack(decoded, room))
        take(name(`base64 ${unpacked.kind}`), unpacked.bytes, depth);
      if (isPdf(decoded))
        for (const page of pdfTexts(decoded, room)) found.push({ packing: name('base64 pdf'), text: page });
    }
  };
  open(bytes, text, '', 0);
  return found;
}

/** Base64 of what begins like gzip, zip or PDF. */
const packedBase64 = /(?:H4sI|UEsDB|JVBERi)[A-Za-z\d+/_-]{40,}={0,2}/g;

const isPdf = (bytes: Uint8Array): boolean => startsWith(bytes, [0x25, 0x50, 0x44, 0x46]);

function unpack(
  bytes: Uint8Array,
  room: number,
): readonly { readonly kind: string; readonly bytes: Uint8Array }[] {
  try {
    if (startsWith(bytes, [0x1f, 0x8b]))
      return [{ kind: 'gzip', bytes: gunzipSync(bytes, { maxOutputLength: Math.max(1, room) }) }];
    if (startsWith(bytes, [0x78]) && bytes.length > 6 && ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0)
      return [{ kind: 'zlib', bytes: inflateSync(bytes, { maxOutputLength: Math.max(1, room) }) }];
    if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
      let left = room;
      const entries = unzipSync(bytes, { filter: ({ originalSize }) => (left -= originalSize) >= 0 });
      return Object.entries(entries).flatMap(([name, data]) => [
        { kind: 'zip', bytes: data },
        // The name of a file tells something as well.
        { kind: 'zip', bytes: Buffer.from(name) },
      ]);
    }
  } catch {
    return [];
  }
  return [];
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);
