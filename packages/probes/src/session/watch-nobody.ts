import { anonymous } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { Answer, Transport } from '../transport/transport.ts';

const largestKept = 64 * 1024;

/** Remembers what nobody gets, from requests that were sent as nobody anyway. */
export function watchNobody(
  target: Pick<Target, 'headers'>,
  transport: Transport,
): (url: string) => Pick<Answer, 'status' | 'text'> | null {
  const known = new Map<string, Pick<Answer, 'status' | 'text'>>();
  const fixed = new Set(Object.keys(target.headers).map((name) => name.toLowerCase()));
  transport.onAnswer((request, { status, text }) => {
    const bare = (request.headers ?? []).every(([name]) => fixed.has(name.toLowerCase()));
    if (request.actor !== anonymous || request.method !== 'GET' || !bare || text.length > largestKept) return;
    if (status < 500 && status !== 429) known.set(request.url, { status, text });
  });
  return (url) => known.get(url) ?? null;
}
