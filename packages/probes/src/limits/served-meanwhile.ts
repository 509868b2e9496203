import type { EvidenceMap } from '@launch-ready/core';
import type { PrivateRead } from '../browser-trust/private-reads.ts';
import type { ProbeContext } from '../probe.ts';

type Route = EvidenceMap['rateLimits']['routes'][number];

const id = 'limits/login-rate-limit';

/** Whether a signed-in actor is served right now; null when that cannot be told. */
async function served({ sessions }: ProbeContext, read: PrivateRead | undefined): Promise<boolean | null> {
  if (read === undefined) return null;
  const result = await sessions.sendWith(sessions.current(read.actor), read.actor, {
    probe: id,
    purpose: 'is somebody else still served',
    method: 'GET',
    url: read.url,
    headers: read.headers,
    operation: read.operation,
    effect: { kind: 'none' },
    obeyRateLimit: false,
  });
  if (result.kind === 'no-answer') return null;
  if (result.status === read.answer.status) return true;
  // A session that ended meanwhile is another matter.
  return result.status === 401 ? null : false;
}

/** Whether somebody else is served while the login is limited; asked twice before it is denied. */
export async function servedMeanwhile(
  context: ProbeContext,
  read: PrivateRead | undefined,
): Promise<Route['othersServed']> {
  if ((await served(context, read)) === true) return 'yes';
  const again = await served(context, read);
  return again === null ? 'not-tried' : again ? 'yes' : 'no';
}
