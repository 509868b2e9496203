import { retryAfterSeconds } from '../transport/retry-after.ts';
import type { Answer } from '../transport/transport.ts';

/** Seconds to wait that an answer announces; null when it announces nothing that can be read. */
export const announcedWait = (answer: Answer, now: Date): number | null =>
  retryAfterSeconds((name) => answer.header(name), now);
