import type { ActorId } from '@launch-ready/core';
import { unlessGuarded, type KeptBack } from '../lifecycle/unless-guarded.ts';
import type { ProbeContext } from '../probe.ts';
import type { RequestToShow } from '../reproduction/request-template.ts';
import { credentialsOf } from '../session/login-credentials.ts';
import { cookieCredential } from '../session/cookie-credential.ts';
import { proofBy } from '../session/proof.ts';
import type { LoginRequest } from '../session/sessions.ts';
import type { Answer, OutgoingBody, SendResult } from '../transport/transport.ts';

const probe = 'login-door/login-door';
const marks = { username: 'lr-username-here', password: 'lr-password-here' } as const;

/** The login request with any value in place of name and password; null when its body cannot hold them. */
export function twisted(
  ask: (account: { readonly username: string; readonly password: string }) => LoginRequest | null,
  username: unknown,
  password: unknown,
): LoginRequest | null {
  const sample = ask(marks);
  if (sample === null) return null;
  const body = withValues(sample.body, username, password);
  return body === null ? null : { ...sample, body };
}

function withValues(body: OutgoingBody, username: unknown, password: unknown): OutgoingBody | null {
  if (body.kind === 'json') {
    const put = (value: unknown): unknown => {
      if (value === marks.username) return username;
      if (value === marks.password) return password;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, put(inner)]));
    };
    return { kind: 'json', value: put(body.value) };
  }
  if (body.kind !== 'form') return null;
  // A form has texts only; an object goes as `name[key]`, as body parsers read it.
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(body.fields)) {
    const given = value === marks.username ? username : value === marks.password ? password : value;
    if (typeof given === 'string') fields[name] = given;
    else if (typeof given === 'object' && given !== null && '$ne' in given) fields[`${name}[$ne]`] = '';
    else return null;
  }
  return { kind: 'form', fields };
}

/** What a login sent otherwise came to. */
interface Knocked {
  readonly result: SendResult | KeptBack;
  /** Whether what it gave out is recognised; null when that could not be asked. */
  readonly entered: boolean | null;
  readonly shown: RequestToShow;
}

/** Sends a login as nobody and uses whatever it gives out on something that only a signed-in user gets. */
export async function knock(
  context: ProbeContext,
  door: { readonly actor: ActorId; readonly aliveUrl: string; readonly nobody: Answer },
  request: LoginRequest,
  purpose: string,
): Promise<Knocked> {
  const { sessions, target, clock, transport } = context;
  const result = await unlessGuarded(
    transport.send({
      ...request,
      actor: 'anonymous',
      probe,
      purpose,
      effect: { kind: 'session' },
      obeyRateLimit: false,
    }),
  );
  const shown = { method: request.method, url: request.url, headers: [], body: request.body };
  if (result.kind !== 'answer' || result.status >= 400)
    return {
      result,
      entered: result.kind === 'answer' && result.status !== 429 && result.status < 500 ? false : null,
      shown,
    };
  const jar = cookieCredential(door.actor);
  jar.absorb(request.url, result.headers);
  const given = credentialsOf({
    actor: door.actor,
    target,
    answer: result,
    jar,
    csrf: null,
    nowMs: clock.now().getTime(),
  });
  for (const credential of given.slice(0, 3)) {
    for (const [, value] of credential.headers(door.aliveUrl)) transport.addSecret(value);
    const answer = await sessions.sendWith(credential, 'anonymous', {
      probe,
      purpose: 'is what the login gave out recognised',
      method: 'GET',
      url: door.aliveUrl,
      effect: { kind: 'none' },
    });
    if (answer.kind !== 'answer' || answer.status >= 500 || answer.status === 429)
      return { result, entered: null, shown };
    if (proofBy(answer, door.nobody, null) !== null) return { result, entered: true, shown };
  }
  return { result, entered: false, shown };
}
