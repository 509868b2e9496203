import type { Seen } from '../invites/seen-twice.ts';
import { replayCredential } from '../lifecycle/replay-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { lookAtReset, lookedAt } from './look-at-reset.ts';
import { noticesSince } from './race-resets.ts';
import type { Asked, ResetDesk, Used } from './reset-desk.ts';
import { seenBy, tokenCases, withoutToken, type ResetTrials } from './reset-trials.ts';
import { askForged } from './try-forged-host.ts';

const probe = 'resets/reset-replay';

/**
 * Three resets of one account: the second takes the place of the first, is looked at, used, and used again. That it works
 * is the control for every refusal.
 */
export async function tryFirstAccount(all: ResetTrials, desk: ResetDesk): Promise<void> {
  const { context, skip, note, fresh } = all;
  let early = await askForged(all, desk, 'forwarded');
  if (early.token === null) early = await all.ask(desk);
  if (early.token === null) return skip(tokenCases, early.because ?? 'no token came');
  if (early.inAnswer) await tryOpenAnswer(all, desk, early);
  const later = await all.ask(desk);
  if (later.token === null) return skip(tokenCases, later.because ?? 'no second token came');

  const replaced = fresh();
  const old = await desk.use(early.token, replaced);
  await note(desk, 'replaced', seenBy(old, early.token, replaced), () => olderOfTwo(all, desk));
  const oldWorks = old.took === true;
  const before = await context.sessions.login(desk.actor, desk.current());
  const since = context.clock.now();
  const looks = oldWorks ? null : await lookAtReset(all, later, later.token);
  if (looks?.page != null) await note(desk, 'link-page', looks.page, async () => pageAgain(all, desk));
  const looked = (looks?.exchanges.length ?? 0) > 0;
  let token = oldWorks ? early.token : later.token;
  let works: Used = oldWorks ? old : await desk.use(token, fresh());
  if (works.took !== true) {
    // Perhaps looking used it up, or the older one did: one that nobody touched tells.
    const untouched = await all.ask(desk);
    const again = untouched.token === null ? null : await desk.use(untouched.token, fresh());
    if (again?.took !== true || untouched.token === null)
      return all.retract(`a fresh token could not be used, so that refusals prove nothing: ${works.because}`);
    if (looked)
      await note(
        desk,
        'safe-method',
        {
          verdict: 'accepted',
          because:
            'a link that had been fetched could not be used any more, and one that nobody had fetched could',
          exchanges: [...(looks?.exchanges ?? []), ...again.exchanges],
        },
        () => lookedAt(all, desk),
      );
    [token, works] = [untouched.token, again];
  } else if (looked)
    await note(desk, 'safe-method', {
      verdict: 'refused',
      because: 'after GET and HEAD of its link the token could still be used',
      exchanges: looks?.exchanges ?? [],
    });
  if (!looked)
    skip(
      ['safe-method'],
      oldWorks
        ? 'an older link was used after it'
        : 'the mail holds no link at the target that could be fetched',
    );
  if (looks?.page == null) skip(['link-page'], 'the mail holds no link at the target that could be fetched');
  if (works.answer !== null)
    all.control = { answer: works.answer, notices: await noticesSince(context, desk.address, since) };
  if (before.kind === 'in' && !oldWorks)
    await note(desk, 'sessions', await sessionAfter(all, before.credential, works), () =>
      keptSession(all, desk),
    );
  else skip(['sessions'], 'no session from before the reset could be kept');
  const second = fresh();
  const reused = await desk.use(token, second);
  await note(desk, 'second-use', seenBy(reused, token, second), () => usedAgain(all, desk));
}

async function sessionAfter(all: ResetTrials, old: Credential, works: Used): Promise<Seen> {
  const replay = await replayCredential(all.context, old, probe);
  const verdict = { ended: 'refused', alive: 'accepted', inconclusive: 'inconclusive' } as const;
  return {
    verdict: verdict[replay.verdict],
    because: replay.because,
    exchanges: [...works.exchanges, ...replay.exchanges],
  };
}

async function keptSession(all: ResetTrials, desk: ResetDesk): Promise<Seen> {
  const before = await all.context.sessions.login(desk.actor, desk.current());
  const asked = await all.ask(desk);
  if (asked.token === null) return withoutToken(asked);
  const works = await desk.use(asked.token, all.fresh());
  return before.kind === 'in' && works.took === true
    ? sessionAfter(all, before.credential, works)
    : { verdict: 'inconclusive', because: works.because, exchanges: works.exchanges };
}

/** Two tokens one after the other; the older one is used. */
async function olderOfTwo(all: ResetTrials, desk: ResetDesk): Promise<Seen> {
  const early = await all.ask(desk);
  const later = await all.ask(desk);
  if (early.token === null || later.token === null) return withoutToken(later);
  const password = all.fresh();
  return seenBy(await desk.use(early.token, password), early.token, password);
}

async function usedAgain(all: ResetTrials, desk: ResetDesk): Promise<Seen> {
  const asked = await all.ask(desk);
  // Limits on mails are tight; the used token itself has nothing to lose.
  if (asked.token === null) return withoutToken(asked);
  const first = await desk.use(asked.token, all.fresh());
  if (first.took !== true)
    return { verdict: 'inconclusive', because: first.because, exchanges: first.exchanges };
  const password = all.fresh();
  return seenBy(await desk.use(asked.token, password), asked.token, password);
}

async function pageAgain(all: ResetTrials, desk: ResetDesk): Promise<Seen> {
  const asked = await all.ask(desk);
  if (asked.token === null) return withoutToken(asked);
  return (await lookAtReset(all, asked, asked.token)).page ?? withoutToken(asked);
}

/** Uses the token that the answer showed to whoever asked. */
async function tryOpenAnswer(all: ResetTrials, desk: ResetDesk, shown: Asked): Promise<void> {
  const use = async (asked: Asked): Promise<Seen> => {
    if (asked.token === null || !asked.inAnswer) return withoutToken(asked);
    const password = all.fresh();
    const used = await desk.use(asked.token, password);
    return {
      ...seenBy(used, asked.token, password),
      verdict: used.took === true ? 'accepted' : 'inconclusive',
      because: `the answer to whoever asks shows a token; ${used.because}`,
      exchanges: [...asked.exchanges, ...used.exchanges],
    };
  };
  await all.note(desk, 'token-in-answer', await use(shown), async () => use(await all.ask(desk)));
}
