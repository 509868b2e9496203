import type { Answer } from '../transport/transport.ts';
import type { TimedAnswer } from './compare-times.ts';

/** What counts of an answer when times are compared. */
export const timedAnswer = ({ totalMs, exchange }: Answer): TimedAnswer => ({ ms: totalMs, exchange });
