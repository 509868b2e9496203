import type { ExchangeId } from '@launch-ready/core';
import type { SendResult } from '../transport/transport.ts';
import { attemptOf } from './attempt-login.ts';
import type { CodeSource } from './code-source.ts';
import { firstStep } from './first-step.ts';
import { findCodePage, sendCode } from './give-code.ts';
import type { AttemptContext, LoginWay } from './login-attempt.ts';
import { credentialsOf } from './login-credentials.ts';
import { asksForCode } from './second-factor.ts';
import type { AliveResult, Credential } from './sessions.ts';

/** A login whose password was taken, and which waits for its code. */
export interface HalfLogin {
  readonly kind: 'half';
  readonly exchanges: readonly ExchangeId[];
  /** What the password alone gave that may be a session, the likeliest first. */
  readonly credentials: readonly Credential[];
  /** The code of this moment, once it is one that the account was not given yet; waits until then, half a minute mostly. */
  code(): Promise<string>;
  /** Waits until the code of the moment is one that the account was not given yet. */
  settle(): Promise<void>;
  /** Brings a code, or a request without any. */
  give(code: string | null): Promise<CodeGiven>;
}

/** What became of a code. */
export type CodeGiven =
  /** The session is recognised. */
  | { readonly kind: 'in'; readonly credential: Credential; readonly exchanges: readonly ExchangeId[] }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly because: string;
      readonly exchanges: readonly ExchangeId[];
    }
  | { readonly kind: 'unsure'; readonly because: string; readonly exchanges: readonly ExchangeId[] };

export type HalfLoginResult =
  | HalfLogin
  /** No second step was met. */
  | { readonly kind: 'none'; readonly because: string }
  /** The password was not taken now. */
  | {
      readonly kind: 'refused';
      readonly status: number | null;
      readonly because: string;
      readonly exchanges: readonly ExchangeId[];
    };

const mostCredentials = 2;

/** Gives the password of an account in the way in which it logs in, and stops where a code is asked for. */
export async function halfLogin(
  context: AttemptContext,
  way: LoginWay,
  account: {
    readonly codes: CodeSource;
    readonly isAlive: (credential: Credential) => Promise<AliveResult>;
  },
): Promise<HalfLoginResult> {
  const first = await firstStep(context, way);
  if ('kind' in first) return { kind: 'none', because: 'the login is no longer there' };
  const { result, exchanges } = first;
  if (result.kind === 'no-answer')
    return { kind: 'refused', status: null, because: result.because, exchanges };
  const place = context.secondSteps.get(first.url);
  const page = first.way === 'page' ? await findCodePage(context, first) : null;
  const asks = page !== null || (place !== undefined && asksForCode(result));
  if (!asks)
    return result.status >= 400
      ? { kind: 'refused', status: result.status, because: `status ${result.status}`, exchanges }
      : { kind: 'none', because: 'the login of the account asks for no code' };
  const step = { ...first, result };
  const { actor, target, nowMs } = context;
  const given = credentialsOf({
    actor,
    target,
    answer: result,
    jar: first.jar.snapshot(),
    csrf: first.csrf,
    nowMs: nowMs(),
  }).slice(0, mostCredentials);
  const judge = async (answer: SendResult, before: number): Promise<CodeGiven> => {
    const seen = (): readonly ExchangeId[] => exchanges.slice(before);
    const attempt = attemptOf(context, answer, { ...first, exchanges: seen() });
    if (answer.kind === 'no-answer') return { kind: 'unsure', because: answer.because, exchanges: seen() };
    const { status } = answer;
    if (status >= 500)
      return { kind: 'unsure', because: `the code was answered with ${status}`, exchanges: seen() };
    const refused = {
      kind: 'refused',
      status,
      because: `the code was answered with ${status}`,
      exchanges: seen(),
    } as const;
    if (attempt.kind !== 'maybe') return refused;
    for (const credential of attempt.credentials.slice(0, mostCredentials)) {
      const alive = await account.isAlive(credential);
      if (alive.exchange !== null) exchanges.push(alive.exchange);
      if (alive.unsure !== null) return { kind: 'unsure', because: alive.unsure, exchanges: seen() };
      if (alive.alive) return { kind: 'in', credential, exchanges: seen() };
    }
    return { ...refused, exchanges: seen() };
  };
  return {
    kind: 'half',
    exchanges: [...exchanges],
    credentials: given,
    code: async () => {
      const code = await account.codes.ofNow();
      account.codes.used();
      return code;
    },
    settle: async () => {
      await account.codes.ofNow();
    },
    give: async (code) => {
      const before = exchanges.length;
      const answer =
        page !== null
          ? await page(code)
          : place !== undefined
            ? await sendCode(context, step, place, code)
            : result;
      return judge(answer, before);
    },
  };
}
