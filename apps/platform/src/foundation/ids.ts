import { randomBytes } from 'node:crypto';
import * as z from 'zod';

let lastMoment = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562 section 5.7): ids of one process sort in the order of their creation, which is what pages
 * of a feed are cut by. Made here because PostgreSQL has a generator for them only since version 18.
 */
export const newId = (): string => {
  const now = Date.now();
  if (now > lastMoment) {
    lastMoment = now;
    counter = randomBytes(1).readUInt8();
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMoment += 1;
      counter = 0;
    }
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMoment, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** The id of anything that is stored. */
export const id = z.uuid();
