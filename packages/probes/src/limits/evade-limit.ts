import type { EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { isLoopback } from '../transport/raw-url.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import { evasionReproduction, type Detour } from './evasion-reproduction.ts';
import {
  addressHeaders,
  forgedAddress,
  throughProxy,
  trueAddress,
  type AddressHeader,
} from './forged-addresses.ts';
import { liftedStop, proofOrders, type LiftedStop } from './lifted-stop.ts';
import type { LoginSender, LoginTwist } from './login-sender.ts';
import { wrongPassword } from './wrong-password.ts';

export type Evasion = NonNullable<EvidenceMap['rateLimits']['evasions']>[number];

/** A limit that holds right now, and how to tell a login that it stops from one that it lets through. */
export interface ReachedLimit {
  readonly series: Evasion['series'];
  /** The account that is guessed for; a new one each time for many accounts. */
  username(): string;
  /** A wrong password is stopped: null when the answer tells nothing. */
  isStopped(result: SendResult): boolean | null;
}

export interface Guessed {
  readonly username: string;
  readonly password: string;
  /** Whether an answer is that of a login that worked. */
  worked(answer: Answer): boolean;
}

/** Headers that are proven one by one, once any of them was seen to matter. */
const mostHeaders = 3;
/** Guesses that may be spent to reach the limit of a client behind a proxy. */
const mostBehindProxy = 40;

/**
 * Tries to get around a limit while it holds. The proof: a stop that the variant lifts again and again, while without it every
 * guess before, between and after is stopped ({@link liftedStop}); nothing else counts. For spellings of the account the right password must log in too,
 * since another account has its own count.
 */
export async function evadeLimit(
  context: ProbeContext,
  login: LoginSender,
  account: Guessed,
  limit: ReachedLimit,
): Promise<readonly Evasion[]> {
  const { random } = context;
  const evasions: Evasion[] = [];
  const guess = (username: string, twist: LoginTwist, purpose: string): Promise<SendResult> =>
    login.send({ username, password: wrongPassword(context) }, purpose, twist);
  const base = { operation: login.operation, series: limit.series } as const;
  const isLocal = isLoopback(new URL(context.target.api).hostname);
  let nextAddress = 1 + Math.floor(random.next() * 200);
  const address = (): string => forgedAddress((nextAddress += 1));

  /** Whether the variant lifts the stop of the plain guess, or of the guess with the other twist. */
  const lifts = (
    twist: () => LoginTwist,
    {
      name = () => limit.username(),
      plain = {},
      order = proofOrders.full,
    }: {
      readonly name?: () => string;
      readonly plain?: LoginTwist;
      readonly order?: readonly ('plain' | 'variant')[];
    } = {},
  ): Promise<LiftedStop> =>
    liftedStop(context.clock, order, {
      plain: () => guess(limit.username(), plain, 'is the limit still on'),
      variant: () => guess(name(), twist(), 'a way around the limit'),
      isStopped: (result) => limit.isStopped(result),
    });

  const sentAll = await guess(
    limit.username(),
    { headers: addressHeaders.map((header) => header.line(address())) },
    'made-up client addresses, all headers at once',
  );
  const all = 'made-up client addresses';
  if (limit.isStopped(sentAll) !== false) {
    const because =
      limit.isStopped(sentAll) === true
        ? `a guess with ${addressHeaders.length} headers that name another client address was stopped all the same`
        : 'the answer told nothing';
    const verdict = limit.isStopped(sentAll) === true ? 'held' : 'inconclusive';
    evasions.push({
      ...base,
      kind: 'client-address',
      variant: all,
      verdict,
      because,
      exchanges: [sentAll.exchange],
    });
  } else {
    let found = 0;
    let worst: Evasion | null = null;
    for (const header of addressHeaders) {
      if (found >= mostHeaders) break;
      const twist = (): LoginTwist => ({ headers: [header.line(address())] });
      const look = await guess(limit.username(), twist(), `a made-up client address in ${header.name}`);
      if (limit.isStopped(look) !== false) continue;
      const seen = await lifts(twist);
      const trial: Evasion = { ...base, kind: 'client-address', variant: header.name, ...seen };
      const judged = seen.verdict === 'evaded' && isLocal ? await fromElsewhere(header, trial) : trial;
      worst = judged;
      if (judged.verdict !== 'evaded') continue;
      found += 1;
      evasions.push({
        ...judged,
        because: `${header.name} with made-up addresses was ${judged.because}`,
        reproduce: evasionReproduction(
          context,
          login,
          limit,
          { header: header.name, list: header.isList },
          account.username,
        ),
      });
    }
    if (found === 0)
      evasions.push(
        worst ?? {
          ...base,
          kind: 'client-address',
          variant: all,
          verdict: 'inconclusive',
          because: 'a guess with all headers was let through, and with each of them alone none was',
          exchanges: [sentAll.exchange],
        },
      );
  }
  if (limit.series === 'one-account') await spellings();
  return evasions;

  /**
   * A reviewer on the same machine stands where the application's own proxy stands. Somebody elsewhere only adds to the front
   * of a list, behind which that proxy writes their true address. So a list is repeated until it is stopped, and then another
   * made-up address at its front, with the same true one behind it, must lift that stop. How many guesses that takes is seen
   * rather than taken from the series before, since earlier requests of a run count for its own address only. A header that is
   * no list is written anew by a proxy, which cannot be told from here.
   */
  async function fromElsewhere(header: AddressHeader, trial: Evasion): Promise<Evasion> {
    const unclear = (because: string): Evasion => ({
      ...trial,
      verdict: 'inconclusive',
      because: `${header.name} is believed from this machine; ${because}`,
    });
    if (!header.isList)
      return unclear('whether also from others cannot be told, since a proxy here may be what is trusted');
    const client = trueAddress(random.next());
    const listed = (forged: string): LoginTwist => ({ headers: [throughProxy(header, forged, client)] });
    const plain = listed(address());
    let stopped: boolean | null = false;
    for (let time = 0; time < mostBehindProxy && stopped === false; time += 1)
      stopped = limit.isStopped(
        await guess(limit.username(), plain, `${header.name} as a proxy passes it on`),
      );
    if (stopped === null) return unclear('as a proxy passes it on, it got an answer that told nothing');
    if (!stopped) return unclear(`whether also from others would take more than ${mostBehindProxy} guesses`);
    const seen = await lifts(() => listed(address()), { plain });
    const exchanges = [...trial.exchanges, ...seen.exchanges];
    if (seen.verdict === 'inconclusive')
      return { ...unclear(`whether also from others stayed open: ${seen.because}`), exchanges };
    if (seen.verdict === 'held')
      return {
        ...trial,
        verdict: 'held',
        because: `${header.name} is believed from a proxy on this machine only: with the client's true address behind the made-up one it was stopped`,
        exchanges,
      };
    return {
      ...trial,
      because: `${trial.because}; also with the true address written behind the made-up one, as a proxy does`,
      exchanges,
    };
  }

  async function spellings(): Promise<void> {
    for (const { variant, username = account.username, detour } of [
      ...spelledNames(account.username),
      ...spelledPaths(login.path),
    ]) {
      const twist = 'path' in detour ? { path: detour.path } : {};
      const kind = 'path' in detour ? 'path-spelling' : 'account-spelling';
      const look = await guess(username, twist, `the limited login, ${variant}`);
      const stopped = limit.isStopped(look);
      // A path of another spelling may be nothing at all.
      const absent = look.kind === 'answer' && [404, 405].includes(look.status);
      if (stopped !== false || absent) {
        const because = absent
          ? 'no login is there'
          : stopped === true
            ? 'it was stopped all the same'
            : 'it told nothing';
        const verdict = stopped === null && !absent ? 'inconclusive' : 'held';
        evasions.push({ ...base, kind, variant, verdict, because, exchanges: [look.exchange] });
        continue;
      }
      // Another spelling has a count of its own, which the right password must not meet full.
      const seen = await lifts(() => twist, { name: () => username, order: proofOrders.sparing });
      if (seen.verdict !== 'evaded') {
        evasions.push({ ...base, kind, variant, ...seen });
        continue;
      }
      const opened = await login.send(
        { username, password: account.password },
        `the right password, ${variant}`,
        twist,
      );
      const works = opened.kind === 'answer' && account.worked(opened);
      evasions.push({
        ...base,
        kind,
        variant,
        verdict: works ? 'evaded' : 'held',
        because: works
          ? `${seen.because}; and the right password logs in that way`
          : 'it is let through, but is no way into this account',
        exchanges: [...seen.exchanges, opened.exchange],
        ...(works ? { reproduce: evasionReproduction(context, login, limit, detour, account.username) } : {}),
      });
    }
  }
}

interface Spelling {
  readonly variant: string;
  readonly username?: string;
  readonly detour: Detour;
}

/** The account's name in other spellings, which an application may take for the same account. */
function spelledNames(username: string): readonly Spelling[] {
  const at = username.lastIndexOf('@');
  const plus: Spelling = {
    variant: 'name with a plus part',
    username: `${username.slice(0, at)}+lr${username.slice(at)}`,
    detour: { spelling: 'plus' },
  };
  return [
    {
      variant: 'name in other letter case',
      username: username.toUpperCase(),
      detour: { spelling: 'upper' } as const,
    },
    { variant: 'name with a space behind', username: `${username} `, detour: { spelling: 'space' } as const },
    ...(at > 0 ? [plus] : []),
  ].filter((one) => one.username !== username);
}

function spelledPaths(path: string): readonly Spelling[] {
  const slash = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  const upper = path.replace(/[^/]+\/?$/, (last) => last.toUpperCase());
  return [
    { variant: 'path with another slash at its end', detour: { path: slash === '' ? '//' : slash } },
    ...(upper === path ? [] : [{ variant: 'path in other letter case', detour: { path: upper } }]),
  ];
}
