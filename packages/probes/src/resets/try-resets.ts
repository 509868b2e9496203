import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { lifetimeInAnswer } from '../invites/invite-token.ts';
import { passwordRoute } from '../lifecycle/password-route.ts';
import { readableToken } from '../tokens/readable-token.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';
import { replayCredential } from '../lifecycle/replay-credential.ts';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { changeOwnPassword, putPasswordBack } from './put-password-back.ts';
import { noticesSince, raceResets } from './race-resets.ts';
import { resetDesk, type Asked, type ResetDesk, type Used } from './reset-desk.ts';
import { resetReproduction } from './reset-reproduction.ts';
import type { ResetRoutes } from './reset-routes.ts';
import { resetLifeInMail } from './reset-token.ts';
import { strengthOf } from './token-strength.ts';
import { forgedHost, leadsTo } from './try-forged-host.ts';
import { tryResetOracle, unknownOracle } from './try-reset-oracle.ts';

type ResetReplay = EvidenceMap['resetReplay'];
type Trial = ResetReplay['trials'][number];
type Case = Trial['case'];

const probe = 'resets/reset-replay';

interface Throwaway {
  readonly actor: ActorId;
  readonly address: string;
  readonly password: string;
  readonly tenant: string;
}

/**
 * Resets the password of throw-away accounts, with three mails for the first and two for the second: limits on such mails are
 * tight. That a fresh token works, in the same way, is the control for every refusal.
 */
export async function tryResets(
  context: ProbeContext,
  routes: ResetRoutes,
  [one, other]: readonly [Throwaway, ...Throwaway[]],
): Promise<ResetReplay> {
  const { ledger, random, target } = context;
  const trials: Trial[] = [];
  const notTested: ResetReplay['notTested'][number][] = [];
  const asked: Asked[] = [];
  const change = passwordRoute(context.operations);
  const fresh = (): string => `Lr-${random.token(8)}-${random.token(8)}-9Kx`;
  const skip = (cases: readonly Case[], because: string, absent = false): void =>
    void notTested.push(...cases.map((which) => ({ case: which, because, ...(absent ? { absent } : {}) })));
  const note = (
    desk: ResetDesk,
    which: Case,
    verdict: Trial['verdict'],
    because: string,
    exchanges: readonly ExchangeId[],
    show: { readonly token: string | null; readonly password: string | null } = {
      token: null,
      password: null,
    },
  ): void =>
    void trials.push({
      case: which,
      actor: desk.actor,
      verdict,
      because,
      exchanges,
      reproduce: verdict === 'accepted' ? resetReproduction(desk, show) : null,
    });
  const judged = (desk: ResetDesk, which: Case, token: string, password: string, used: Used): void =>
    note(
      desk,
      which,
      used.took === null ? 'inconclusive' : used.took ? 'accepted' : 'refused',
      used.because,
      used.exchanges,
      { token, password },
    );
  const ask = async (desk: ResetDesk, headers: Parameters<ResetDesk['ask']>[0] = []): Promise<Asked> => {
    const result = await desk.ask(headers);
    asked.push(result);
    return result;
  };
  const askForged = async (desk: ResetDesk, way: 'forwarded' | 'host'): Promise<Asked> => {
    const { name, headers } = forgedHost(context, way);
    const result = await ask(desk, headers);
    const status = result.answer?.status ?? 0;
    if (result.mail !== null)
      note(
        desk,
        'forged-host',
        leadsTo(result, name) ? 'accepted' : 'refused',
        leadsTo(result, name)
          ? `the link of the mail leads to the name that ${way === 'host' ? 'the Host header' : 'X-Forwarded-Host or its like'} made up`
          : `a name made up in ${way === 'host' ? 'the Host header' : 'X-Forwarded-Host and its like'} does not stand in the link of the mail`,
        result.exchanges,
      );
    else if (status >= 400 && status < 500 && status !== 429)
      note(
        desk,
        'forged-host',
        'refused',
        `a made-up name was answered with ${status}, and no mail came`,
        result.exchanges,
      );
    else if (result.token === null)
      note(desk, 'forged-host', 'inconclusive', result.because ?? 'no mail came', result.exchanges);
    return result;
  };
  const strength = (): ResetReplay['strength'] => {
    const tokens = asked.flatMap(({ token }) => (token === null ? [] : [token]));
    const first = asked[0]?.at.getTime() ?? 0;
    return strengthOf(
      tokens,
      [first, context.clock.now().getTime()],
      asked.every(({ link, inAnswer }) => link === null && !inAnswer),
    );
  };
  const finish = async (): Promise<ResetReplay> => {
    const plain = asked.filter(({ answer }) => answer !== null);
    // An answer with a token tells who has an account by that alone, which is judged as the greater fault that it is.
    const oracle = asked.some(({ inAnswer }) => inAnswer)
      ? unknownOracle(routes.request.id, `${routes.request.id} shows the token to whoever asks`)
      : await tryResetOracle(
          context,
          routes,
          plain.flatMap(({ answer }): readonly Answer[] => (answer === null ? [] : [answer])),
          [one.address, other?.address ?? one.address],
        );
    const life = lifeOf(asked);
    return {
      request: routes.request.id,
      trials,
      lifetimeMinutes: life?.minutes ?? null,
      lifetimeSource: life?.source ?? null,
      strength: strength(),
      oracle,
      notTested,
    };
  };

  const marked = async (account: Throwaway, work: (desk: ResetDesk) => Promise<void>): Promise<void> => {
    const desk = resetDesk(context, routes, account);
    const mark = ledger.intend({
      operation: routes.use.id,
      actor: account.actor,
      tenant: account.tenant,
      type: 'password',
      twin: 'throwaway',
      canaries: [],
      slots: {},
      readUrl: null,
      deleteUrl: null,
      listUrl: null,
    });
    try {
      await work(desk);
    } finally {
      const lost = await putPasswordBack(context, desk, change);
      if (lost === null) ledger.cleaned(mark);
      else ledger.leftover(mark, lost);
    }
  };

  const seen: { control: { readonly answer: Answer; readonly notices: number } | null } = { control: null };
  const firstRound = async (desk: ResetDesk): Promise<void> => {
    let early = await askForged(desk, 'forwarded');
    if (early.token === null) early = await ask(desk);
    if (early.token === null) return skip(all, early.because ?? 'no token came');
    if (early.inAnswer) await openAnswer(desk, early);
    const later = await ask(desk);
    if (later.token === null) return skip(all, later.because ?? 'no second token came');

    let [token, looked] = [later.token, false];
    const replaced = fresh();
    const old = await desk.use(early.token, replaced);
    judged(desk, 'replaced', early.token, replaced, old);
    const before = await context.sessions.login(desk.actor, desk.current());
    const looks = old.took === true ? [] : await look(later, token);
    looked = looks.length > 0;
    const since = context.clock.now();
    let works = old.took === true ? old : await desk.use(token, fresh());
    if (old.took === true) token = early.token;
    if (works.took !== true) {
      // Perhaps looking used it up, or the older one did: one that nobody touched tells.
      const untouched = await ask(desk);
      const again = untouched.token === null ? null : await desk.use(untouched.token, fresh());
      if (again?.took !== true || untouched.token === null)
        return retract(`a fresh token could not be used, so that refusals prove nothing: ${works.because}`);
      if (looked)
        note(
          desk,
          'safe-method',
          'accepted',
          'a link that had been fetched could not be used any more, and one that nobody had fetched could',
          [...looks, ...again.exchanges],
        );
      [token, works] = [untouched.token, again];
    } else if (looked)
      note(
        desk,
        'safe-method',
        'refused',
        'after GET and HEAD of its link the token could still be used',
        looks,
      );
    if (!looked)
      skip(
        ['safe-method'],
        old.took === true
          ? 'an older link was used after it'
          : 'the mail holds no link at the target that could be fetched',
      );
    if (works.answer !== null)
      seen.control = { answer: works.answer, notices: await noticesSince(context, desk.address, since) };
    if (before.kind === 'in' && old.took !== true) {
      const replay = await replayCredential(context, before.credential, probe);
      const verdict = { ended: 'refused', alive: 'accepted', inconclusive: 'inconclusive' } as const;
      note(desk, 'sessions', verdict[replay.verdict], replay.because, [
        ...works.exchanges,
        ...replay.exchanges,
      ]);
    } else skip(['sessions'], 'no session from before the reset could be kept');
    const second = fresh();
    judged(desk, 'second-use', token, second, await desk.use(token, second));
  };
  const afterChange = async (desk: ResetDesk): Promise<void> => {
    if (change === null)
      return skip(
        ['after-password-change'],
        'no operation was found that asks for the present and for a new password',
      );
    const waiting = await ask(desk);
    if (waiting.token === null) return skip(['after-password-change'], waiting.because ?? 'no token came');
    if (!(await changeOwnPassword(context, desk, change, fresh())))
      return skip(['after-password-change'], 'the password could not be changed');
    const late = fresh();
    judged(desk, 'after-password-change', waiting.token, late, await desk.use(waiting.token, late));
  };
  const otherRound = async (desk: ResetDesk): Promise<void> => {
    const mine = await askForged(desk, 'host');
    const usable = mine.token === null ? await ask(desk) : mine;
    if (usable.token === null)
      return skip(['race', 'wrong-account', 'expired'], usable.because ?? 'no token came');
    if (routes.accountField === null)
      skip(['wrong-account'], 'a reset takes no account beside its token', true);
    else await wrongAccount(desk, usable.token);
    // Where a used token works anyway, an instant more or less makes no difference.
    if (trials.some((trial) => trial.case === 'second-use' && trial.verdict === 'accepted'))
      skip(['race'], 'a used token works again, so that the same instant tells nothing');
    else if (seen.control !== null) {
      const race = await raceResets(context, desk, usable.token, seen.control);
      note(desk, 'race', race.verdict, race.because, race.exchanges);
    }
    const expire = target.hooks.expireReset ?? null;
    if (expire === null)
      return skip(
        ['expired'],
        'no hooks.expireReset is given in the target file, and nobody waits that long',
      );
    const late = await ask(desk);
    if (late.token === null) return skip(['expired'], late.because ?? 'no token came');
    await expire({ address: desk.address, token: late.token });
    const password = fresh();
    judged(desk, 'expired', late.token, password, await desk.use(late.token, password));
  };
  /** Sends the token of this account with the address of the first: whose password it is afterwards decides. */
  const wrongAccount = async (desk: ResetDesk, token: string): Promise<void> => {
    const victim = resetDesk(context, routes, one);
    const password = fresh();
    context.transport.addSecret(password);
    const result = await context.sessions.sendWith(
      null,
      'anonymous',
      desk.useRequest(token, password, one.address),
    );
    desk.shown.use = desk.useRequest(token, password, one.address);
    const kept = await victim.logsIn(one.password);
    if (kept === true)
      return note(desk, 'wrong-account', 'refused', 'the password of the other account stayed as it was', [
        result.exchange,
      ]);
    if ((await victim.logsIn(password)) !== true)
      return note(
        desk,
        'wrong-account',
        'inconclusive',
        'neither password of the other account could be seen to work',
        [result.exchange],
      );
    victim.isNow(password);
    note(
      desk,
      'wrong-account',
      'accepted',
      `a token mailed to ${desk.actor} set the password of ${one.actor}`,
      [result.exchange],
      { token, password },
    );
    const lost = await putPasswordBack(context, victim, change);
    if (lost !== null) skip([], lost);
  };
  const openAnswer = async (desk: ResetDesk, shown: Asked): Promise<void> => {
    const password = fresh();
    if (shown.token === null) return;
    const used = await desk.use(shown.token, password);
    note(
      desk,
      'token-in-answer',
      used.took === true ? 'accepted' : 'inconclusive',
      `the answer to whoever asks shows a token; ${used.because}`,
      [...shown.exchanges, ...used.exchanges],
      { token: shown.token, password },
    );
  };
  const look = async (mailed: Asked, token: string): Promise<readonly ExchangeId[]> => {
    const scope = new Set(Object.values(target.origins).map((origin) => new URL(origin).origin));
    const accepting =
      routes.token.in === 'path'
        ? routes.use.origin + routes.use.path.replace(`{${routes.token.name}}`, encodeURIComponent(token))
        : null;
    const exchanges: ExchangeId[] = [];
    for (const url of new Set([mailed.link, accepting])) {
      if (url === null || !scope.has(new URL(url).origin)) continue;
      for (const method of ['HEAD', 'GET'] as const) {
        const result = await unlessGuarded(
          context.sessions.sendWith(null, 'anonymous', {
            probe,
            purpose: 'look at the link of the reset',
            method,
            url: url.split('#')[0] ?? url,
            effect: { kind: 'session' },
          }),
        );
        if (result.kind === 'not-sent') continue;
        exchanges.push(result.exchange);
      }
    }
    return exchanges;
  };
  /** Refusals that were noted without a control prove nothing. */
  const retract = (because: string): void => {
    for (const [at, trial] of trials.entries())
      if (trial.verdict === 'refused' && trial.case !== 'forged-host')
        trials[at] = { ...trial, verdict: 'inconclusive', because };
    skip(
      all.filter((which) => !trials.some((trial) => trial.case === which)),
      because,
    );
  };

  await marked(one, async (desk) => {
    await firstRound(desk);
    if (seen.control !== null) await afterChange(desk);
  });
  const shows = asked.some(({ inAnswer }) => inAnswer);
  if (!shows && asked.some(({ token }) => token !== null))
    trials.push({
      case: 'token-in-answer',
      actor: one.actor,
      verdict: 'refused',
      because: 'the answer to whoever asks for a reset shows no token',
      exchanges: asked.flatMap(({ exchanges }) => exchanges),
      reproduce: null,
    });
  if (seen.control !== null && other !== undefined) await marked(other, otherRound);
  else if (seen.control !== null)
    skip(
      ['race', 'wrong-account', 'expired'],
      'the target file names no second throw-away account with a mail address',
    );
  return finish();
}

const all: readonly Case[] = [
  'second-use',
  'replaced',
  'after-password-change',
  'race',
  'safe-method',
  'wrong-account',
  'sessions',
  'expired',
];

/** What the mail, the answer or a signed token says of its life. */
function lifeOf(asked: readonly Asked[]): { readonly minutes: number; readonly source: string } | null {
  for (const { token, mail, answer, at } of asked) {
    const exp = token === null ? undefined : readableToken(token)?.claims['exp'];
    if (typeof exp === 'number')
      return { minutes: (exp * 1000 - at.getTime()) / 60_000, source: '`exp` of the token' };
    const told = answer === null ? null : lifetimeInAnswer(answer.json(), at);
    if (told !== null) return { minutes: told.hours * 60, source: told.source };
    const minutes = mail === null ? null : resetLifeInMail(mail.text);
    if (minutes !== null) return { minutes, source: 'the text of the mail' };
  }
  return null;
}
