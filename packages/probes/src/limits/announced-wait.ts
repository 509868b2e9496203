import type { Answer } from '../transport/transport.ts';

/**
 * Seconds to wait that an answer announces: Retry-After (RFC 9110 section 10.2.3, a number or a date), otherwise the reset of
 * the RateLimit headers. Null when it announces nothing that can be read.
 */
export function announcedWait(answer: Answer, now: Date): number | null {
  const retry = answer.header('retry-after')?.trim();
  if (retry !== undefined && /^\d+(\.\d+)?$/.test(retry)) return Number(retry);
  if (retry !== undefined) {
    const until = Date.parse(retry);
    if (!Number.isNaN(until)) return Math.max(0, (until - now.getTime()) / 1000);
  }
  const combined = /(?:reset|t)\s*=\s*(\d+)/i.exec(answer.header('ratelimit') ?? '')?.[1];
  const reset = combined ?? answer.header('ratelimit-reset') ?? answer.header('x-ratelimit-reset');
  if (reset === null || reset === undefined || !/^\d+$/.test(reset.trim())) return null;
  const number = Number(reset);
  // Some send the moment in seconds since 1970 instead of a number of seconds.
  return number > 1_000_000_000 ? Math.max(0, number - now.getTime() / 1000) : number;
}
