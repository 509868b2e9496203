import type { ActorId, EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { PageCookie } from '../transport/browser-wire.ts';
import { cookiePairs } from './partial-credential.ts';

/** The cookies of an actor as its browser would hold them for this address, with the flags that they were set with. */
export function pageCookies(
  { sessions }: Pick<ProbeContext, 'sessions'>,
  actor: ActorId,
  url: string,
  seen: EvidenceMap['cookies'],
): readonly PageCookie[] {
  return cookiePairs(sessions.current(actor).headers(url)).map(([name, value]) => {
    const flags = seen.cookies.find((cookie) => cookie.name === name);
    return {
      name,
      value,
      url,
      httpOnly: flags?.httpOnly ?? true,
      secure: flags?.secure ?? false,
      sameSite: flags?.sameSite ?? 'absent',
    };
  });
}
