import type { ActorId, EvidenceMap } from '@launch-ready/core';
import { jsonScalars } from '../plant/json-scalars.ts';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { LoginResult } from '../session/sessions.ts';
import { accountToLogOut } from '../lifecycle/account-to-log-out.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { refreshChain, type RefreshSight } from './refresh-chain.ts';
import { refreshCollision } from './refresh-collision.ts';
import { refreshReproduction } from './refresh-reproduction.ts';
import { refreshScripts } from './refresh-scripts.ts';

type RefreshTokens = EvidenceMap['refreshTokens'];
type Trial = RefreshTokens['trials'][number];

const probe = 'lifecycle/refresh-tokens';

/** Uses refresh tokens once, twice and in the same instant. A suspicion counts when it is seen with a second login as well. */
export const refreshTokens = defineProbe({
  id: probe,
  title: 'Refresh tokens used once, twice and in parallel',
  provides: 'refreshTokens',
  needs: ['logins', 'operations'],
  leastMode: 'standard',
  estimate: () => 22,
  async run(context) {
    const nothing = (offered: boolean, because: string) =>
      ({ status: 'gathered', data: { offered, because, trials: [] } }) as const;
    const actor = accountToLogOut(context);
    if (actor === null)
      return nothing(true, 'no account with a password is known that could be logged in once more');
    const { login, named } = await loginThatNames(context, actor);
    if (login.kind === 'refused')
      return nothing(true, `${actor} could not be logged in once more: ${login.because}`);
    if (login.refresh === undefined)
      return named
        ? nothing(true, 'a login gives out a refresh token, and no operation was found that takes it')
        : nothing(false, 'no login gives out a refresh token');
    const chain = async (): Promise<readonly RefreshSight[]> => {
      const again = await logInAfresh(context, actor);
      return again.kind === 'in' && again.refresh !== undefined ? refreshChain(context, again.refresh) : [];
    };
    const seen = await confirmed(await refreshChain(context, login.refresh), chain);
    const works = !seen.some((one) => one.case === 'rotation' && one.verdict === 'inconclusive');
    const rotates =
      seen.some((one) => one.case === 'rotation' && one.verdict === 'good') &&
      !seen.some((one) => one.verdict === 'bad');
    const collide = (): Promise<readonly RefreshSight[]> => refreshCollision(context, actor);
    const collided = works && rotates ? await confirmed(await collide(), collide) : [];
    const alive = await watchAlive(context, login.credential, probe);
    const { refresh, credential } = login;
    const shown = (sight: RefreshSight): Trial => ({
      ...sight,
      actor,
      reproduce:
        sight.verdict !== 'bad' || alive.url === null
          ? null
          : refreshReproduction(
              context,
              { credential, refresh, aliveUrl: alive.url },
              refreshScripts[sight.case],
            ),
    });
    return {
      status: 'gathered',
      data: {
        offered: true,
        because: `the login of ${actor} gives out a refresh token`,
        trials: [...seen, ...collided].map(shown),
      },
    };
  },
});

/** A login, and whether some answer to it names a refresh token, whether or not a way to use it is known. */
async function loginThatNames(
  context: ProbeContext,
  actor: ActorId,
): Promise<{ readonly login: LoginResult; readonly named: boolean }> {
  let named = false;
  let watching = true;
  context.transport.onAnswer((request, answer) => {
    if (!watching || request.actor !== actor) return;
    const inBody = jsonScalars(answer.json()).some(
      ({ key, value }) => /^refresh_?token$/i.test(key) && typeof value === 'string',
    );
    const inCookie = answer
      .headerValues('set-cookie')
      .some((line) => /^[^=]*refresh[^=]*=[^;]{8,}/i.test(line));
    named ||= inBody || inCookie;
  });
  const login = await logInAfresh(context, actor);
  watching = false;
  return { login, named };
}

/** Keeps a bad sight only when a second look with a fresh login is bad in the same way. */
async function confirmed(
  first: readonly RefreshSight[],
  again: () => Promise<readonly RefreshSight[]>,
): Promise<readonly RefreshSight[]> {
  if (!first.some(({ verdict }) => verdict === 'bad')) return first;
  // A late reuse was seen again and again already.
  if (first.every(({ verdict, case: which }) => verdict !== 'bad' || which === 'reuse')) return first;
  const seen: RefreshSight[] = [];
  const isSeenAgain = (sight: RefreshSight): boolean =>
    seen.some((other) => other.case === sight.case && other.verdict === 'bad');
  // Whether two requests meet is a matter of luck: what needs that gets more than one second look.
  const looks = first.some((sight) => sight.verdict === 'bad' && sight.case.startsWith('parallel')) ? 3 : 1;
  for (let look = 0; look < looks; look += 1) {
    if (first.every((sight) => sight.verdict !== 'bad' || isSeenAgain(sight))) break;
    seen.push(...(await again()));
  }
  return first.map((sight) =>
    sight.verdict !== 'bad' || isSeenAgain(sight)
      ? sight
      : { ...sight, verdict: 'inconclusive', because: `seen once and not again: ${sight.because}` },
  );
}
