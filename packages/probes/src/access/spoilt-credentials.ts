import { anonymous, type ActorId, type EvidenceMap, type HeaderList } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { Call, Courier, Delivery, Sender } from '../cross-tenant/courier.ts';
import { isJsonObject } from '../plant/json-scalars.ts';

type NotTested = EvidenceMap['accessCoverage']['notTested'][number];
type SpoiltKind = 'none' | 'tampered' | 'expired';

/** A way to come without a valid credential. */
export interface Spoilt {
  readonly kind: SpoiltKind;
  readonly sender: Sender;
  /** The same with what a page gives to every visitor, such as a CSRF token; null when there is nothing like it. */
  readonly withPage: Sender | null;
}

const longestWaitMs = 60_000;
/** The most that common token libraries are set to forgive. */
const clockToleranceMs = 60_000;

const as = (kind: SpoiltKind, credential: Credential | null, page: Credential | null = null): Spoilt => ({
  kind,
  sender: { kind: 'credential', actor: anonymous, credential },
  withPage: page === null ? null : { kind: 'credential', actor: anonymous, credential: page },
});

/**
 * Sends a changing request, and once more with a CSRF token when it is refused with 403 without one: that refusal is about the
 * page that a request comes from, and any visitor can have such a token.
 */
export async function sendSpoilt(courier: Courier, spoilt: Spoilt, call: Call): Promise<Delivery> {
  const answer = await courier.send(spoilt.sender, call);
  return spoilt.withPage !== null && answer.kind === 'answer' && answer.status === 403
    ? courier.send(spoilt.withPage, call)
    : answer;
}

/** A session without its secrets: what is the same in one that was tampered with. Null when no token of a page is left. */
function pageOf(current: Credential): Credential | null {
  if (!current.pageHeaders) return null;
  const tampered = current.tampered();
  const headers = (url: string): HeaderList => {
    const spoilt = tampered.headers(url);
    return current.headers(url).flatMap(([name, value]): [string, string][] => {
      const other = spoilt.find(([one]) => one === name)?.[1];
      if (name.toLowerCase() !== 'cookie') return other === value ? [[name, value]] : [];
      const kept = value.split('; ').filter((pair) => other?.split('; ').includes(pair) === true);
      return kept.length === 0 ? [] : [[name, kept.join('; ')]];
    });
  };
  return { ...current, headers, tampered: () => tampered, absorb: () => {} };
}

/** No credential, a changed one, and one that expired, as far as they can be had for this actor. */
export async function spoiltCredentials(
  context: ProbeContext,
  actor: ActorId,
): Promise<{ readonly spoilt: readonly Spoilt[]; readonly notTested: readonly NotTested[] }> {
  const spoilt = [
    as('none', null, pageOf(context.sessions.current(actor))),
    as('tampered', await tamperedCredential(context, actor)),
  ];
  const expired = await expiredCredential(context, actor);
  if (expired.kind === 'missing')
    return { spoilt, notTested: [{ credential: 'expired', because: expired.because }] };
  return { spoilt: [...spoilt, as('expired', expired.credential)], notTested: [] };
}

/** Changed where it begins; or, where a server was seen to compare only the beginning, in its second half. */
async function tamperedCredential({ sessions }: ProbeContext, actor: ActorId): Promise<Credential> {
  const current = sessions.current(actor);
  const half = current.tampered('second-half');
  const { alive } = await sessions.isAlive(half, 'access/access-coverage');
  return alive ? half : current.tampered();
}

type Expired =
  | { readonly kind: 'expired'; readonly credential: Credential }
  | { readonly kind: 'missing'; readonly because: string };

const missing = (because: string): Expired => ({ kind: 'missing', because });

async function expiredCredential(context: ProbeContext, actor: ActorId): Promise<Expired> {
  const { target, sessions, clock } = context;
  const { expireSession } = target.hooks;
  const login = async (): Promise<Credential | string> => {
    const result = await sessions.login(actor);
    return result.kind === 'in' ? result.credential.snapshot() : result.because;
  };
  if (expireSession) {
    const credential = await login();
    if (typeof credential === 'string') return missing(`a session to expire could not be had: ${credential}`);
    await expireSession({ actor, headers: credential.headers(target.api) });
    return { kind: 'expired', credential };
  }
  const endsAt = endOf(sessions.current(actor), target.api);
  const wait = endsAt === null ? null : endsAt - clock.now().getTime() + 1000;
  if (wait === null || wait > longestWaitMs) {
    const why =
      wait === null
        ? 'how long sessions live cannot be told from outside'
        : `tokens live ${Math.round(wait / 60_000)} minutes more`;
    return missing(`${why}; give hooks.expireSession in the target file`);
  }
  const credential = await login();
  if (typeof credential === 'string') return missing(`a session to expire could not be had: ${credential}`);
  const end = endOf(credential, target.api);
  const left = end === null ? null : end - clock.now().getTime() + 1000;
  if (left === null || left > longestWaitMs)
    return missing(
      'a fresh token lives longer than a run waits; give hooks.expireSession in the target file',
    );
  context.progress('waiting for a token to expire');
  await clock.sleep(Math.max(0, left));
  // Servers allow for clocks that differ; what is refused now needs no more patience.
  const { alive } = await sessions.isAlive(credential, 'access/access-coverage');
  if (alive) await clock.sleep(clockToleranceMs);
  return { kind: 'expired', credential };
}

/** When a credential runs out by what its login declared, or by the token in it; in milliseconds since 1970. */
const endOf = (credential: Credential, url: string): number | null =>
  credential.expiresAt ?? jwtEnd(credential.headers(url).map(([, value]) => value));

/** `exp` of the first JWT in these header values (RFC 7519 section 4.1.4), in milliseconds since 1970. */
function jwtEnd(values: readonly string[]): number | null {
  for (const value of values) {
    const payload = /eyJ[\w-]*\.(eyJ[\w-]*)\./.exec(value)?.[1];
    if (payload === undefined) continue;
    try {
      const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
      if (isJsonObject(claims) && typeof claims.exp === 'number') return claims.exp * 1000;
    } catch {
      continue;
    }
  }
  return null;
}
