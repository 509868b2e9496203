import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { oracleReproduction } from '../oracles/oracle-reproduction.ts';
import { compareAccounts, type SeenAnswer } from '../oracles/compare-accounts.ts';
import type { Answer } from '../transport/transport.ts';
import { knock, twisted } from './knock.ts';
import { defaultPasswords, payloadsFor, sqlPayloadsFor, type LoginPayload } from './login-payloads.ts';
import { shortcutReproduction } from './shortcut-reproduction.ts';
import { timeLogin } from './time-login.ts';

type LoginDoor = EvidenceMap['loginDoor'];
type Shortcut = LoginDoor['shortcuts'][number];

const probe = 'login-door/login-door';

/** Tries to get in without a password, and compares what strangers are told of accounts that exist and of others. */
export const loginDoor = defineProbe({
  id: probe,
  title: 'Shortcuts at the login, and what it tells of accounts',
  provides: 'loginDoor',
  needs: ['logins', 'operations', 'sessionReplay', 'inviteReplay', 'resetReplay'],
  leastMode: 'standard',
  estimate: () => 27,
  async run(context) {
    const { target, sessions } = context;
    const accounts = target.tenants.flatMap((tenant) => {
      const actor = sessions.throwaway(tenant);
      const secret = actor === null ? null : sessions.secretOf(actor);
      return actor === null || secret === null ? [] : [{ actor, ...secret }];
    });
    const [one, other = one] = accounts;
    if (one === undefined || other === undefined)
      return nothing(
        'the target file names no throw-away account with a password, and no other account is risked',
      );
    const login = await logInAfresh(context, one.actor);
    if (login.kind === 'refused') return nothing(`${one.actor} could not log in: ${login.because}`);
    if (login.aliveUrl === null) return nothing('no answer is known that only a signed-in user gets');
    const nobody = await sessions.sendWith(null, 'anonymous', {
      probe,
      purpose: 'what nobody gets',
      method: 'GET',
      url: login.aliveUrl,
      effect: { kind: 'none' },
    });
    if (nobody.kind !== 'answer' || nobody.status >= 500 || nobody.status === 429)
      return nothing('what nobody gets could not be seen');
    const opened = await opener(context, one.actor);
    if (opened === null) return nothing('there is no login by password that can be sent with other values');
    const data = await tryDoor(context, { ...opened, nobody, aliveUrl: login.aliveUrl }, { one, other });
    // A good login ends what wrong ones have counted.
    await sessions.login(one.actor);
    if (other !== one) await sessions.login(other.actor);
    const shown = data.shortcuts.map(({ at, ...trial }) => ({
      ...trial,
      reproduce:
        trial.verdict === 'let-in' && at !== null
          ? shortcutReproduction(at, trial.shortcut, {
              credential: login.credential,
              aliveUrl: login.aliveUrl ?? '',
              account: one.username,
            })
          : null,
    }));
    return { status: 'gathered', data: { ...data, shortcuts: shown } };
  },
});

interface Door {
  readonly actor: ActorId;
  readonly aliveUrl: string;
  readonly nobody: Answer;
  readonly operation: string;
  readonly ask: Parameters<typeof twisted>[0];
}
interface Person {
  readonly actor: ActorId;
  readonly username: string;
}
type Tried = Shortcut & { readonly at: Parameters<typeof shortcutReproduction>[0] | null };

async function opener(
  context: ProbeContext,
  actor: ActorId,
): Promise<Pick<Door, 'actor' | 'operation' | 'ask'> | null> {
  const sample = context.sessions.loginRequest({ username: 'nobody', password: 'nothing' });
  if (sample === null) return null;
  const named = context.operations.find(
    ({ method, origin, path }) => method === sample.method && origin + path === sample.url.split('?')[0],
  );
  return {
    actor,
    operation: named?.id ?? `${sample.method} ${new URL(sample.url).pathname}`,
    ask: (account) => context.sessions.loginRequest(account),
  };
}

async function tryDoor(
  context: ProbeContext,
  door: Door,
  { one, other }: { readonly one: Person; readonly other: Person },
): Promise<Omit<LoginDoor, 'shortcuts'> & { readonly shortcuts: readonly Tried[] }> {
  const { random, inbox } = context;
  const shortcuts: Tried[] = [];
  let limited: string | null = null;
  const attempt = async (payload: LoginPayload): Promise<Answer | null> => {
    const request = twisted(door.ask, payload.username, payload.password);
    const say = (
      verdict: Shortcut['verdict'],
      because: string,
      exchanges: readonly ExchangeId[],
      at: Tried['at'] = null,
      seenOnce = false,
    ): void =>
      void shortcuts.push({
        shortcut: payload.words,
        kind: payload.kind,
        operation: door.operation,
        verdict,
        because,
        exchanges,
        reproduce: null,
        ...(seenOnce ? { seenOnce } : {}),
        at,
      });
    if (request === null) return null;
    if (limited !== null) {
      say('inconclusive', limited, []);
      return null;
    }
    const first = await knock(context, door, request, `log in with ${payload.words}`);
    const { result } = first;
    if (result.kind === 'not-sent') {
      say('inconclusive', result.because, []);
      return null;
    }
    const exchanges = [result.exchange];
    if (result.kind === 'no-answer') {
      say('inconclusive', result.because, exchanges);
      return null;
    }
    if (result.status === 429 || result.status === 423)
      limited = `the login takes no more tries for now (status ${result.status})`;
    // A server that breaks over a strange value let nobody in; that it breaks is for the checks of input.
    if (first.entered === null && result.status < 500) {
      say('inconclusive', limited ?? 'whether its answer opens anything could not be asked', exchanges);
      return result;
    }
    if (first.entered !== true) {
      say('refused', `${payload.words} was answered with ${result.status} and opened nothing`, exchanges);
      return result;
    }
    const again = await knock(context, door, request, `log in with ${payload.words}, once more`);
    if (again.entered === true)
      say('let-in', `${payload.words} gave a session that is recognised, twice`, exchanges, first.shown);
    else {
      say('inconclusive', `${payload.words} gave a session once and not again`, exchanges, null, true);
    }
    return result;
  };
  const wrong = (username: string): LoginPayload => ({
    kind: 'empty',
    words: 'a wrong password',
    username,
    password: `Wrong-${random.token(6)}-${random.token(6)}-7Q`,
  });
  const seen = async (username: string): Promise<SeenAnswer | null> => {
    const answer = await attempt(wrong(username));
    return answer === null ? null : { answer, addresses: [username] };
  };
  const stranger = (): string => {
    const domain = one.username.includes('@') ? `@${one.username.split('@')[1] ?? 'example.com'}` : '';
    return domain === ''
      ? `lr${random.token(12)}`
      : (inbox?.freshAddress('absent') ?? `lr${random.token(12)}${domain}`);
  };
  const known = [...new Set([one.username, other.username])];
  const absent = known.map(stranger);
  const answers: { readonly known: Answer[]; readonly absent: Answer[] } = { known: [], absent: [] };
  const ask = async (whose: 'known' | 'absent'): Promise<SeenAnswer | null> => {
    const names = whose === 'known' ? known : absent;
    const one = await seen(names[answers[whose].length % names.length] ?? '');
    if (one !== null) answers[whose].push(one.answer);
    return one;
  };
  const present = await ask('known');
  const compared = await compareAccounts(
    present === null ? [] : [present],
    () => ask('absent'),
    () => ask('known'),
  );
  for (const payload of [...payloadsFor(one.username), ...sqlPayloadsFor(other.username)])
    await attempt(payload);
  for (const payload of defaultPasswords) await attempt(payload);
  // Where the answers themselves tell, how long they took tells nothing more.
  const times =
    compared.verdict === 'alike' ? [await timeLogin(context, door, { known, absent }, answers)] : [];
  const password = `Wrong-${random.token(6)}-${random.token(6)}-7Q`;
  const shown = door.ask({ username: one.username, password });
  const reproduction = (verdict: string, by: 'answer' | 'time') =>
    verdict !== 'differs' || shown === null
      ? null
      : oracleReproduction(
          { method: shown.method, url: shown.url, headers: [], body: shown.body },
          { actor: one.actor, address: one.username, password },
          by,
        );
  return {
    shortcuts,
    oracles: [
      {
        operation: door.operation,
        ...compared,
        reproduce: reproduction(compared.verdict, 'answer'),
      },
    ],
    times: times.map((time) => ({ ...time, reproduce: reproduction(time.verdict, 'time') })),
    notTested: [],
  };
}

const nothing = (because: string): { readonly status: 'gathered'; readonly data: LoginDoor } => ({
  status: 'gathered',
  data: {
    shortcuts: [],
    oracles: [],
    times: [],
    notTested: (['shortcuts', 'oracles'] as const).map((part) => ({ part, because })),
  },
});
