import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import type { LoginResult } from '../session/sessions.ts';
import type { Answer } from '../transport/transport.ts';
import { accountToLogOut } from '../lifecycle/account-to-log-out.ts';
import { accessLife, refreshLife, sessionCookieLife, type DeclaredLife } from './declared-lives.ts';
import { tryFixation } from '../lifecycle/try-fixation.ts';
import { tokenOf, tryPurposes } from './try-purposes.ts';
import { watchedLogin } from './watched-login.ts';

type TokenLife = EvidenceMap['tokenLife'];

const probe = 'lifecycle/token-life';

/** Reads how long tokens say that they live, uses them for other purposes, and logs in with a session id from before. */
export const tokenLife = defineProbe({
  id: probe,
  title: 'Life and purposes of tokens, and session ids from before the login',
  provides: 'tokenLife',
  needs: ['logins', 'operations', 'sessionReplay', 'refreshTokens'],
  leastMode: 'standard',
  estimate: () => 14,
  async run(context) {
    const nothing = (because: string, absent: boolean) =>
      ({
        status: 'gathered',
        data: {
          lives: [],
          purposes: [],
          fixation: null,
          notTested: (['lives', 'purposes', 'fixation'] as const).map((what) => ({ what, because, absent })),
        },
      }) as const;
    const actor = accountToLogOut(context);
    if (actor === null)
      return nothing('no account with a password is known that could be logged in once more', false);
    const { login, answers } = await watchedLogin(context, actor);
    if (login.kind === 'refused')
      return nothing(`${actor} could not be logged in once more: ${login.because}`, false);
    const notTested: TokenLife['notTested'][number][] = [];
    const purposes = await tryPurposes(context, login, answers);
    if ('because' in purposes) notTested.push({ what: 'purposes', because: purposes.because, absent: true });
    const fixation = await tryFixation(context, actor, login.credential);
    if ('absent' in fixation) notTested.push({ what: 'fixation', ...fixation });
    return {
      status: 'gathered',
      data: {
        lives: livesOf(context, login, answers),
        purposes: 'because' in purposes ? [] : purposes,
        fixation: 'absent' in fixation ? null : fixation,
        notTested,
      },
    };
  },
});

function livesOf(
  context: ProbeContext,
  login: Extract<LoginResult, { kind: 'in' }>,
  answers: readonly Answer[],
): TokenLife['lives'] {
  const { credential, refresh } = login;
  const { api } = context.target;
  const trials = context.evidence('sessionReplay')?.trials ?? [];
  const revocable = (kind: 'cookie' | 'bearer'): boolean | null => {
    const seen = trials.filter(({ event, credential: of }) => event === 'logout' && of === kind);
    if (seen.some(({ verdict }) => verdict === 'alive')) return false;
    return seen.some(({ verdict }) => verdict === 'ended') ? true : null;
  };
  const whole = (life: DeclaredLife, kind: 'cookie' | 'bearer' | null): TokenLife['lives'][number] => ({
    ...life,
    actor: credential.actor,
    revocable: kind === null ? null : revocable(kind),
    exchanges: [...login.exchanges],
  });
  const now = context.clock.now().getTime();
  const token = tokenOf(credential, api);
  const cookie = credential.headers(api).find(([name]) => name.toLowerCase() === 'cookie')?.[1];
  return [
    ...(token === null ? [] : [whole(accessLife(token, answers, now), 'bearer')]),
    ...(cookie === undefined ? [] : [whole(sessionCookieLife(cookie, answers, now), 'cookie')]),
    ...(refresh === undefined ? [] : [whole(refreshLife(refresh.token, answers, now), null)]),
  ];
}
