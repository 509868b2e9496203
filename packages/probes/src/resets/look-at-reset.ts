import type { ExchangeId } from '@launch-ready/core';
import type { Seen } from '../invites/seen-twice.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';
import { pageOfLink } from '../mail/page-of-link.ts';
import type { Asked, ResetDesk } from './reset-desk.ts';
import { withoutToken, type ResetTrials } from './reset-trials.ts';

/** What fetching a link came to. */
interface LookedAt {
  readonly exchanges: readonly ExchangeId[];
  /** Whether its page gives the token to somebody else; null when the mail holds no link at the target. */
  readonly page: Seen | null;
}

/** Fetches the link of a reset with HEAD and GET as a mail scanner does. */
export async function lookAtReset(
  { context, routes }: Pick<ResetTrials, 'context' | 'routes'>,
  mailed: Asked,
  token: string,
): Promise<LookedAt> {
  const scope = new Set(Object.values(context.target.origins).map((origin) => new URL(origin).origin));
  const accepting =
    routes.token.in === 'path'
      ? routes.use.origin + routes.use.path.replace(`{${routes.token.name}}`, encodeURIComponent(token))
      : null;
  const exchanges: ExchangeId[] = [];
  let page: Seen | null = null;
  for (const url of new Set([mailed.link, accepting])) {
    if (url === null || !scope.has(new URL(url).origin)) continue;
    for (const method of ['HEAD', 'GET'] as const) {
      const result = await unlessGuarded(
        context.sessions.sendWith(null, 'anonymous', {
          probe: 'resets/reset-replay',
          purpose: 'look at the link of the reset',
          method,
          url: url.split('#')[0] ?? url,
          effect: { kind: 'session' },
        }),
      );
      if (result.kind === 'not-sent') continue;
      exchanges.push(result.exchange);
      if (method === 'GET' && url === mailed.link && result.kind === 'answer')
        page = pageOfLink(url, token, result);
    }
  }
  return { exchanges, page };
}

/** Whether a link that was looked at is dead while one that nobody looked at works. */
export async function lookedAt(all: ResetTrials, desk: ResetDesk): Promise<Seen> {
  const mailed = await all.ask(desk);
  if (mailed.token === null) return withoutToken(mailed);
  const looks = await lookAtReset(all, mailed, mailed.token);
  const dead = await desk.use(mailed.token, all.fresh());
  const exchanges = [...looks.exchanges, ...dead.exchanges];
  if (dead.took !== false)
    return {
      verdict: dead.took === true ? 'refused' : 'inconclusive',
      because: dead.because,
      exchanges,
    };
  const untouched = await all.ask(desk);
  if (untouched.token === null) return withoutToken(untouched);
  const works = await desk.use(untouched.token, all.fresh());
  return {
    verdict: works.took === true ? 'accepted' : 'inconclusive',
    because: 'a link that had been fetched could not be used any more, and one that nobody had fetched could',
    exchanges: [...exchanges, ...works.exchanges],
  };
}
