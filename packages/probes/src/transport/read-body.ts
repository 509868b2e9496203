import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

export type BodyRead =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly bytes: Uint8Array }
  | { readonly kind: 'undecodable'; readonly bytes: Uint8Array; readonly because: string }
  | { readonly kind: 'broken-off'; readonly bytes: Uint8Array; readonly because: string };

const decoders: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/**
 * Reads and decodes a body up to a limit of decoded bytes. Memory stays within the limit and one chunk, whatever the
 * answer unpacks to. With `listenMs`, what came in that time is the whole: for streams of events, which never end.
 */
export function readBody(
  source: Readable,
  contentEncoding: string | null,
  maxBytes: number,
  listenMs: number | null = null,
): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let received = 0;
    let settled = false;
    const bytes = (): Uint8Array => Buffer.concat(chunks);
    const settle = (result: BodyRead): void => {
      if (settled) return;
      settled = true;
      clearTimeout(listening);
      resolve(result);
    };
    const listening =
      listenMs === null
        ? undefined
        : setTimeout(() => {
            settle({ kind: 'whole', bytes: bytes() });
            source.destroy();
          }, listenMs);
    const decoder = decoders[(contentEncoding ?? '').trim().toLowerCase()]?.() ?? null;
    const last = decoder ?? source;
    last.on('data', (chunk: Buffer) => {
      if (settled) return;
      const room = maxBytes - size;
      size += chunk.length;
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      if (size > maxBytes) {
        settle({ kind: 'too-large', bytes: bytes() });
        source.destroy();
      }
    });
    last.on('end', () => settle({ kind: 'whole', bytes: bytes() }));
    const brokenOff = (error?: Error): void =>
      settle({ kind: 'broken-off', bytes: bytes(), because: error?.message ?? 'the answer broke off' });
    source.on('error', brokenOff);
    source.on('aborted', () => brokenOff());
    source.on('close', () => {
      if (!source.readableEnded) brokenOff();
    });
    if (decoder) {
      decoder.on('error', (error: Error) => {
        // An empty body may still carry the header, as answers to HEAD and 304 do.
        if (received === 0 && source.readableEnded) settle({ kind: 'whole', bytes: bytes() });
        else settle({ kind: 'undecodable', bytes: bytes(), because: error.message });
        source.destroy();
      });
      source.on('data', (chunk: Buffer) => (received += chunk.length));
      source.pipe(decoder);
    }
  });
}
