import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { cookieCredential } from '../session/cookie-credential.ts';
import { findToken } from '../session/find-token.ts';
import { bearerHeader, headerCredential } from '../session/header-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { passwordAloneReproduction } from './password-alone-reproduction.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { TargetActor } from '../target/target.ts';
import type { SendResult } from '../transport/transport.ts';
import { isLike } from './tenant-gate.ts';

type SecondFactor = EvidenceMap['secondFactor'];
type Trial = SecondFactor['trials'][number];

const probe = 'lifecycle/second-factor';
const administers = /admin|owner|root|super|manager|staff/i;

const holdsSecret = ({ login }: TargetActor): boolean =>
  login.kind === 'password' && login.totp !== undefined;

/**
 * What the password of those who administer opens by itself. Where the target file gives nothing but a password, the proven
 * login of the run has told it; otherwise the password is sent alone.
 */
export const secondFactor = defineProbe({
  id: probe,
  title: 'What the password alone opens for administrators',
  provides: 'secondFactor',
  needs: ['logins'],
  leastMode: 'observe',
  estimate: ({ target }) => target.actors.filter(holdsSecret).length * 2,
  async run(context) {
    const { target, sessions } = context;
    const named = sessions.actors.filter(({ role }) => administers.test(role));
    const strongest = sessions.actors.filter(
      ({ role }) => target.roles.length > 1 && role === target.roles[0],
    );
    const admins = named.length > 0 ? named : strongest;
    if (admins.length === 0)
      return {
        status: 'gathered',
        data: {
          trials: [],
          because: 'no actor of the target file has a role that sounds like administration',
        },
      };
    const trials: Trial[] = [];
    for (const { id, role } of admins) trials.push(await withPasswordAlone(context, id, role));
    return {
      status: 'gathered',
      data: {
        trials,
        because: `administrators of the target file: ${admins.map(({ id }) => id).join(', ')}`,
      },
    };
  },
});

async function withPasswordAlone(context: ProbeContext, actor: string, role: string): Promise<Trial> {
  const { sessions, target } = context;
  const exchanges: ExchangeId[] = [];
  const say = (verdict: Trial['verdict'], because: string, reproduce: Trial['reproduce'] = null): Trial => ({
    actor,
    role,
    verdict,
    because,
    exchanges,
    reproduce,
  });
  const secret = sessions.secretOf(actor);
  if (secret === null) return say('inconclusive', `${actor} has no password in the target file`);
  const request = sessions.loginRequest(secret);
  const account = target.actors.find(({ id }) => id === actor);
  const shown = async (): Promise<Trial['reproduce']> => {
    const template = sessions.loginRequest({ username: '{username}', password: '{password}' });
    const whole = sessions.current(actor);
    const { url } = await watchAlive(context, whole, probe);
    return template === null || url === null
      ? null
      : passwordAloneReproduction({
          target,
          actor,
          credential: whole,
          aliveUrl: url,
          request: template,
          hasWhole: account !== undefined && holdsSecret(account),
        });
  };
  if (account?.login.kind === 'password' && !holdsSecret(account))
    return say('password-alone', `${actor} (${role}) was signed in by its password alone`, await shown());
  if (request === null)
    return say(
      'inconclusive',
      'the login takes more than one request, so that its password cannot be sent alone',
    );
  const result = await sessions.sendWith(null, actor, {
    ...request,
    probe,
    purpose: 'the password alone',
    effect: { kind: 'session' },
  });
  exchanges.push(result.exchange);
  if (result.kind === 'no-answer') return say('inconclusive', result.because);
  if (result.status === 429 || result.status >= 500)
    return say('inconclusive', `the login was answered with ${result.status}`);
  const jar = cookieCredential(actor);
  jar.absorb(request.url, result.headers);
  const token = findToken(result.json(), result.headers)?.token;
  const given: readonly Credential[] = [
    ...(jar.names(target.api).length > 0 ? [jar] : []),
    ...(token === undefined ? [] : [headerCredential(actor, token, bearerHeader)]),
  ];
  for (const credential of given) {
    const seen = await watchAlive(context, credential, probe);
    if (seen.exchange !== null) exchanges.push(seen.exchange);
    if (seen.unsure !== null) return say('inconclusive', seen.unsure);
    // Who is half signed in may be told so: it is a session when it gets what a whole one gets.
    if (seen.alive && (await isWhole(context, credential, seen.url)))
      return say(
        'password-alone',
        `the password of ${actor} (${role}) alone gave a session that is recognised`,
        await shown(),
      );
  }
  // The account did log in with its second step, so that the password was right.
  return say(
    'second-step',
    `what the password of ${actor} alone gave was not recognised, and the account is signed in with its second step`,
  );
}

async function isWhole({ sessions }: ProbeContext, half: Credential, url: string | null): Promise<boolean> {
  if (url === null) return true;
  const ask = (credential: Credential): Promise<SendResult> =>
    sessions.sendWith(credential, half.actor, {
      probe,
      purpose: 'what a whole session gets',
      method: 'GET',
      url,
      effect: { kind: 'none' },
    });
  const whole = await ask(sessions.current(half.actor));
  const answer = await ask(half);
  if (whole.kind !== 'answer' || answer.kind !== 'answer' || whole.status >= 300) return true;
  return answer.text === whole.text || isLike(answer, whole);
}
