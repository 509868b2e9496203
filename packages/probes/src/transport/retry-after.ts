/**
 * Seconds to wait before asking again, from Retry-After (RFC 9110 section 10.2.3: seconds or a date) or else the reset of
 * the RateLimit fields; null when the answer does not say.
 */
export function retryAfterSeconds(header: (name: string) => string | null, now: Date): number | null {
  const after = header('retry-after');
  if (after !== null) {
    if (/^\d+(\.\d+)?$/.test(after.trim())) return Number(after);
    const until = Date.parse(after);
    if (!Number.isNaN(until)) return Math.max(0, (until - now.getTime()) / 1000);
  }
  for (const name of ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset']) {
    const text = header(name)?.trim() ?? '';
    if (!/^\d+$/.test(text)) continue;
    const reset = Number(text);
    // Some send a moment in seconds since 1970 rather than a span.
    return reset > 1_000_000_000 ? Math.max(0, reset - now.getTime() / 1000) : reset;
  }
  const combined = /(?:^|[;,\s])(?:t|reset)\s*=\s*(\d+)/i.exec(header('ratelimit') ?? '')?.[1];
  return combined === undefined ? null : Number(combined);
}
