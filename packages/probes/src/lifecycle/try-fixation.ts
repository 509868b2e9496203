import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import { fixationScript } from './fixation-script.ts';
import { cookieCredential, givenCookies } from '../session/cookie-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { unlessGuarded } from './unless-guarded.ts';

type TokenLife = EvidenceMap['tokenLife'];
type Fixation = NonNullable<TokenLife['fixation']>;

const probe = 'lifecycle/token-life';

/** Logs in with a session cookie from before, given by the application or made up, and uses that very cookie afterwards. */
export async function tryFixation(
  context: ProbeContext,
  actor: ActorId,
  credential: Credential,
): Promise<Fixation | { readonly because: string; readonly absent: boolean }> {
  const { sessions, target, random } = context;
  if (credential.kind !== 'cookie') return { because: 'sessions are not kept in cookies', absent: true };
  const secret = sessions.secretOf(actor);
  const request = secret === null ? null : sessions.loginRequest(secret);
  if (secret === null || request === null)
    return {
      because: 'the login takes more than one request, so that no cookie can be sent along with it',
      absent: false,
    };
  const line = credential.headers(request.url).find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
  const pairs = line
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes('='));
  const names = pairs.map((pair) => pair.slice(0, pair.indexOf('=')));
  const exchanges: ExchangeId[] = [];
  const visitor = cookieCredential(actor);
  for (const url of new Set([target.app, target.api].map((origin) => new URL('/', origin).href))) {
    const page = await unlessGuarded(
      sessions.sendWith(visitor, actor, {
        probe,
        purpose: 'the cookies of a visitor',
        method: 'GET',
        url,
        effect: { kind: 'none' },
      }),
    );
    if (page.kind === 'not-sent') continue;
    exchanges.push(page.exchange);
    if (page.kind === 'answer') visitor.absorb(url, page.headers);
  }
  const given = visitor.headers(request.url).find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
  const ofVisitor = given
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => names.includes(pair.slice(0, pair.indexOf('='))));
  const made = ofVisitor.length === 0;
  const before = made
    ? pairs.map(
        (pair) =>
          `${pair.slice(0, pair.indexOf('='))}=${madeUp(pair.slice(pair.indexOf('=') + 1), random.token(64))}`,
      )
    : ofVisitor;
  const planted = givenCookies(actor, before.join('; '), new URL('/', request.url).href);
  const first = await sessions.isAlive(planted, probe);
  if (first.exchange !== null) exchanges.push(first.exchange);
  if (first.alive || first.unsure !== null)
    return { because: 'the cookie of a visitor could not be told from that of a session', absent: false };
  const result = await sessions.sendWith(planted.snapshot(), actor, {
    ...request,
    probe,
    purpose: 'log in with a session cookie from before',
    effect: { kind: 'session' },
  });
  exchanges.push(result.exchange);
  if (result.kind === 'no-answer' || result.status >= 400)
    return {
      because: `a login with a cookie from before was answered with ${result.kind === 'answer' ? result.status : result.because}`,
      absent: false,
    };
  const after = await sessions.isAlive(planted, probe);
  if (after.exchange !== null) exchanges.push(after.exchange);
  const kind = made ? 'that the visitor had made up' : 'that the application had given to the visitor';
  const template = requestTemplate(request, new URL(request.url).origin, {
    username: secret.username,
    password: secret.password,
  });
  const base = { actor, exchanges } as const;
  if (after.unsure !== null)
    return { ...base, verdict: 'inconclusive', because: after.unsure, reproduce: null };
  return after.alive
    ? {
        ...base,
        verdict: 'accepted',
        because: `after the login of ${actor} the session cookie from before, ${kind}, was signed in`,
        reproduce: {
          curl: `${curlLine(template, { variables: { username: 'USERNAME', password: 'PASSWORD' }, options: `-b "${names[0] ?? 'session'}=OLD_VALUE"` })} # then use OLD_VALUE`,
          script: fixationScript(context, {
            actor,
            credential,
            template,
            names,
            made,
            alive: await aliveUrl(context, credential),
          }),
        },
      }
    : {
        ...base,
        verdict: 'refused',
        because: `the session cookie from before, ${kind}, opened nothing after the login`,
        reproduce: null,
      };
}

/** Of the same length, so that a check of the form alone does not refuse it. */
const madeUp = (value: string, filling: string): string =>
  filling.repeat(Math.ceil(value.length / Math.max(1, filling.length))).slice(0, Math.max(16, value.length));

const aliveUrl = async (context: ProbeContext, credential: Credential): Promise<string | null> =>
  (await watchAlive(context, credential, probe)).url;
