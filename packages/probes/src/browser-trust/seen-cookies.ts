import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { cookieReproductions } from './cookie-reproduction.ts';
import { cookieNames, withCookies } from './partial-credential.ts';
import { parseSetCookie, type SetCookie } from './set-cookie.ts';
import { siteOf } from './site-of.ts';

type Cookies = EvidenceMap['cookies'];
type SeenCookie = SetCookie & { readonly exchange: ExchangeId };

const id = 'browser-trust/cookies';

/** Logs in afresh and tells the flags of its cookies and which of them authenticate; says why when it cannot. */
export async function seenCookies(context: ProbeContext): Promise<Cookies | { readonly because: string }> {
  const { sessions, target } = context;
  const crossSite = siteOf(target.app) !== siteOf(target.api);
  if (sessions.actors.length === 0) return { because: 'no actor could be logged in' };
  const byCookie = sessions.actors.filter((actor) => sessions.current(actor.id).kind === 'cookie');
  if (byCookie.length === 0) return { used: false, crossSite, cookies: [] };
  // An account with a password can be logged in once more, which shows the lines that set its cookies.
  const actor = byCookie.find((one) => sessions.secretOf(one.id) !== null)?.id ?? null;
  if (actor === null) return { used: true, crossSite, cookies: [] };
  const login = await loginWatched(context, actor);
  if (login === null) return { because: `${actor} could not be logged in once more` };
  const authenticating = await authenticatingCookies(context, login.credential);
  if (authenticating === null) return { because: 'the fresh session was not recognised' };
  return {
    used: true,
    crossSite,
    cookies: login.seen.map((cookie) => ({
      ...described(cookie, authenticating),
      reproduce: authenticating.has(cookie.name)
        ? cookieReproductions(context, login.credential, cookie)
        : null,
    })),
  };
}

function described(cookie: SeenCookie, authenticating: ReadonlySet<string>): Cookies['cookies'][number] {
  const { name, httpOnly, secure, sameSite, path, domain, exchange } = cookie;
  return {
    name,
    authenticates: authenticating.has(name),
    httpOnly,
    secure,
    sameSite,
    path,
    domain,
    exchange,
  };
}

/** Logs in and keeps the last Set-Cookie line of each cookie that is left at the end. */
async function loginWatched(
  { sessions, transport, clock }: ProbeContext,
  actor: ActorId,
): Promise<{ readonly credential: Credential; readonly seen: readonly SeenCookie[] } | null> {
  const seen = new Map<string, SeenCookie>();
  let watching = true;
  transport.onAnswer((request, answer) => {
    if (!watching || request.actor !== actor) return;
    for (const line of answer.headerValues('set-cookie')) {
      const cookie = parseSetCookie(line, clock.now());
      if (cookie === null) continue;
      if (cookie.removes) seen.delete(cookie.name);
      else seen.set(cookie.name, { ...cookie, exchange: answer.exchange });
    }
  });
  const login = await sessions.login(actor);
  watching = false;
  return login.kind === 'in' ? { credential: login.credential, seen: [...seen.values()] } : null;
}

/** Cookies without which the actor is nobody, or any of which alone is enough; null when the session is not recognised at all. */
async function authenticatingCookies(
  { sessions, target }: ProbeContext,
  credential: Credential,
): Promise<ReadonlySet<string> | null> {
  const alive = async (keep: (name: string) => boolean): Promise<boolean> =>
    (await sessions.isAlive(withCookies(credential.snapshot(), keep), id)).alive;
  if (!(await alive(() => true))) return null;
  const names = cookieNames(credential, target.api);
  const needed: string[] = [];
  for (const name of names) if (!(await alive((other) => other !== name))) needed.push(name);
  if (needed.length > 0) return new Set(needed);
  const enough: string[] = [];
  for (const name of names) if (await alive((other) => other === name)) enough.push(name);
  return new Set(enough);
}
