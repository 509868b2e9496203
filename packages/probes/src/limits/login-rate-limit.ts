import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import { privateReads } from '../browser-trust/private-reads.ts';
import { evadeLimit, type Evasion, type Guessed } from './evade-limit.ts';
import { announcedWait } from './announced-wait.ts';
import { guessSeries } from './guess-series.ts';
import { limitReproduction } from './limit-reproduction.ts';
import { recover } from './recover.ts';
import { manyAccounts } from './many-accounts.ts';
import { wrongPassword } from './wrong-password.ts';
import { rightBeforeGuessing, type BeforeGuessing } from './right-before-guessing.ts';
import { servedMeanwhile } from './served-meanwhile.ts';
import { loginSender, type LoginSender } from './login-sender.ts';

type Route = EvidenceMap['rateLimits']['routes'][number];

const id = 'limits/login-rate-limit';
/** Twice what the strictest checklist allows in a minute: by then a limit per account should have shown. */
const firstAttempts = 10;
const mostAttempts = 30;

/** Wrong passwords in a row, with throw-away and invented accounts only; the last probe of a run, since logins may stop working. */
export const loginRateLimit = defineProbe({
  id,
  title: 'Limit on wrong passwords',
  provides: 'rateLimits',
  needs: [
    'logins',
    'operations',
    'planting',
    'accessCoverage',
    'crossTenant',
    'roleMatrix',
    'sessionReplay',
    'inviteReplay',
    'resetReplay',
    'loginDoor',
    'cookies',
    'cors',
    'csrf',
    'securityHeaders',
    'inputHandling',
    'injection',
    'mailLimits',
  ],
  leastMode: 'standard',
  // A limit that is believed to be got around takes the most.
  estimate: () => 150,
  async run(context) {
    const { sessions, target } = context;
    const actor =
      target.tenants
        .map((tenant) => sessions.throwaway(tenant))
        .find((one) => one !== null && sessions.secretOf(one) !== null) ?? null;
    const secret = actor === null ? null : sessions.secretOf(actor);
    if (actor === null || secret === null) {
      return {
        status: 'missing',
        because:
          'the target file names no throw-away account with a password, and no other account is risked',
      };
    }
    const login = await loginSender(context, id, actor);
    if (login === null) {
      return {
        status: 'missing',
        because: `${actor} has no login by password that can be sent in series, or its page could not be opened`,
      };
    }
    // The request must work by itself, or else its refusals say nothing about passwords.
    const before = await rightBeforeGuessing(context, login, secret);
    if (before.kind === 'outlasts')
      return { status: 'gathered', data: { routes: [outlasting(login, before)] } };
    const control = before.result;
    if (control.kind === 'no-answer' || control.status >= 400) {
      const what = control.kind === 'no-answer' ? control.because : `status ${control.status}`;
      return {
        status: 'missing',
        because: `the right password was refused before any guess (${what}), so that guesses prove nothing`,
      };
    }
    return {
      status: 'gathered',
      data: await bothSeries(context, login, { ...secret, actor }, control),
    };
  },
});

/** A limit that earlier logins of the run had reached, and that lasts longer than it says; nothing is known of guesses. */
const outlasting = (login: LoginSender, before: Extract<BeforeGuessing, { kind: 'outlasts' }>): Route => ({
  route: 'login',
  operation: login.operation,
  series: 'one-account',
  attempts: 0,
  seconds: 0,
  limitedAfter: null,
  limitedBy: '429',
  retryAfterSeconds: before.announced,
  recovers: 'no',
  othersServed: 'not-tried',
  verdict: 'inconclusive',
  because: before.because,
  exchanges: before.exchanges,
});

interface Account {
  readonly actor: ActorId;
  readonly username: string;
  readonly password: string;
}

async function bothSeries(
  context: ProbeContext,
  login: LoginSender,
  account: Account,
  control: SendResult,
): Promise<EvidenceMap['rateLimits']> {
  const { clock } = context;
  const success = control.kind === 'answer' ? control : null;
  let wrongAnswer: Answer | null = null;
  const right = async (
    purpose: string,
  ): Promise<{
    readonly works: boolean;
    readonly exchange: ExchangeId;
    readonly status: number | null;
    readonly wait: number | null;
  }> => {
    const result = await login.send(account, purpose);
    const works = result.kind === 'answer' && success !== null && looksAlike(result, success);
    const [status, wait] =
      result.kind === 'answer' ? [result.status, announcedWait(result, clock.now())] : [null, null];
    return { works, exchange: result.exchange, status, wait };
  };
  const wrong = async (): Promise<SendResult> => {
    const result = await login.send(
      { ...account, password: wrongPassword(context) },
      'a wrong password for the throw-away account',
    );
    if (result.kind === 'answer') wrongAnswer ??= result;
    return result;
  };
  const [read] = await privateReads(context, id, 1);

  let one = await guessSeries(clock, firstAttempts, wrong);
  let limitedBy: Route['limitedBy'] = one.limitedBy;
  let { limitedAfter } = one;
  let attempts = one.attempts;
  let announced = one.retryAfterSeconds;
  let broken: string | null = null;
  // Where both are answered alike, a lock-out would look like a success, and nothing tells that guesses are guesses.
  const blurred =
    success !== null && wrongAnswer !== null && looksAlike(wrongAnswer, success)
      ? 'a wrong password is answered like the right one'
      : null;
  const notes: string[] = blurred === null ? [one.because] : [blurred, one.because];
  const exchanges: ExchangeId[] = [control.exchange, ...one.exchanges];
  const tryRight = async (): Promise<void> => {
    const after = await right('the right password, after the guesses');
    exchanges.push(after.exchange);
    if (after.works) return;
    if (after.status === null || (after.status >= 500 && after.status !== 503)) {
      broken = `the right password got status ${after.status ?? 'none'}, which is no limit`;
      notes.push(broken);
      return;
    }
    limitedBy = after.status === 429 ? '429' : 'lockout';
    limitedAfter = one.attempts;
    announced = after.wait;
    notes.push(`then the right password was refused too, with status ${after.status ?? 'none'}`);
  };
  if (limitedBy === null && one.broken === null) await tryRight();
  if (limitedBy === null && one.broken === null && broken === null) {
    one = await guessSeries(clock, mostAttempts, wrong, one);
    attempts += one.attempts;
    ({ limitedBy, limitedAfter, retryAfterSeconds: announced } = one);
    notes.push(`in a second series: ${one.because}`);
    exchanges.push(...one.exchanges);
    if (limitedBy === null && one.broken === null) await tryRight();
  }
  const stopped = limitedBy === null ? null : { ...one, retryAfterSeconds: announced };
  const many = await manyAccounts(context, login, account, stopped, mostAttempts);
  const evasions = await waysAround(context, login, account, {
    success,
    wrongStatus: one.wrongStatus,
    limitedBy: blurred === null && broken === null ? limitedBy : null,
    many,
  });
  const othersServed = limitedBy !== null ? await servedMeanwhile(context, read) : 'not-tried';
  const wait = longer(announced, many.retryAfterSeconds);
  const recovery =
    limitedBy === null
      ? null
      : await recover(context, wait, () => right('the right password, after the wait'));
  if (recovery !== null) {
    notes.push(recovery.because);
    exchanges.push(...recovery.exchanges);
  }
  const first: Route = {
    route: 'login',
    operation: login.operation,
    series: 'one-account',
    attempts,
    seconds: one.seconds,
    limitedAfter,
    limitedBy,
    retryAfterSeconds: announced,
    recovers: recovery?.recovers ?? 'not-waited',
    othersServed,
    verdict:
      (one.broken ?? broken ?? blurred) !== null
        ? 'inconclusive'
        : limitedBy === null
          ? 'unlimited'
          : 'limited',
    because: notes.join('; '),
    exchanges,
    reproduce: limitReproduction(context, login, account.actor, 'one-account'),
  };
  return { routes: [first, many], ...(evasions.length === 0 ? {} : { evasions }) };
}

/** Tries to get around the limits that were reached; a limit by address is tried over many accounts where one account held. */
async function waysAround(
  context: ProbeContext,
  login: LoginSender,
  account: Account,
  seen: {
    readonly success: Answer | null;
    readonly wrongStatus: number | null;
    readonly limitedBy: Route['limitedBy'];
    readonly many: Route;
  },
): Promise<readonly Evasion[]> {
  const { success, wrongStatus, many } = seen;
  // A lock-out that answers as before cannot be told from a wrong password.
  if (wrongStatus === null || seen.limitedBy === 'lockout') return [];
  const isStopped = (result: SendResult): boolean | null => {
    if (result.kind === 'no-answer' || (result.status >= 500 && result.status !== 503)) return null;
    return result.status !== wrongStatus;
  };
  const guessed: Guessed = {
    username: account.username,
    password: account.password,
    worked: (answer) => success !== null && looksAlike(answer, success),
  };
  const evasions: Evasion[] = [];
  if (seen.limitedBy !== null)
    evasions.push(
      ...(await evadeLimit(context, login, guessed, {
        series: 'one-account',
        username: () => account.username,
        isStopped,
      })),
    );
  const evaded = evasions.some((one) => one.kind === 'client-address' && one.verdict === 'evaded');
  if (many.verdict === 'limited' && many.limitedBy !== 'lockout' && !evaded) {
    const domain = account.username.includes('@')
      ? account.username.slice(account.username.lastIndexOf('@'))
      : '';
    evasions.push(
      ...(await evadeLimit(context, login, guessed, {
        series: 'many-accounts',
        username: () => `lr-${context.random.token(10)}${domain}`,
        isStopped,
      })),
    );
  }
  return evasions;
}

const longer = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** What an answer consists of, without its values. */
const shape = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.keys(value).toSorted().join() : typeof value;
  } catch {
    return text === '' ? 'empty' : 'text';
  }
};

/** A login that fails with the status of a success still answers another body, sends elsewhere or sets no cookie. */
const looksAlike = (a: Answer, b: Answer): boolean =>
  a.status === b.status &&
  shape(a.text) === shape(b.text) &&
  a.header('location') === b.header('location') &&
  a.headerValues('set-cookie').length > 0 === b.headerValues('set-cookie').length > 0;
