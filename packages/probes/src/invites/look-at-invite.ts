import type { ExchangeId } from '@launch-ready/core';
import { pageOfLink } from '../mail/page-of-link.ts';
import type { ProbeContext } from '../probe.ts';
import type { InviteDesk } from './invite-desk.ts';
import { isFailed, type Invite } from './make-invite.ts';
import type { InviteRequest } from './invite-requests.ts';
import type { InviteRoutes } from './invite-routes.ts';
import { newcomer, type MembersView } from '../lifecycle/members-view.ts';
import type { Seen } from './seen-twice.ts';
import { slotNames } from '../lifecycle/tenant-call.ts';

export type Looked =
  | {
      readonly kind: 'looked' | 'joined';
      readonly before: MembersView;
      /** Whether the page of its link gives the token to somebody else; null when it has no link at the target. */
      readonly page: Seen | null;
      readonly exchanges: readonly ExchangeId[];
    }
  | { readonly kind: 'not-tried'; readonly because: string };

/** Fetches the link of an invite with GET and HEAD as a mail scanner does, and looks whether somebody joined by that. */
export async function lookAtInvite(
  { sessions, target }: ProbeContext,
  desk: InviteDesk,
  routes: InviteRoutes,
  invite: Invite,
  address: string,
): Promise<Looked> {
  const before = await desk.lastMembers();
  if (isFailed(before)) return { kind: 'not-tried', because: before.because };
  const scope = new Set(Object.values(target.origins).map((origin) => new URL(origin).origin));
  const urls = [invite.link, acceptingUrl(routes, invite)].filter(
    (url) => url !== null && URL.canParse(url) && scope.has(new URL(url).origin),
  );
  const exchanges: ExchangeId[] = [];
  const looks: InviteRequest[] = [];
  let page: Seen | null = null;
  for (const url of new Set(urls)) {
    if (url === null) continue;
    for (const method of ['HEAD', 'GET'] as const) {
      looks.push({ request: { method, url: url.split('#')[0] ?? url }, about: invite });
      const result = await sessions.sendWith(null, 'anonymous', {
        probe: 'lifecycle/invite-replay',
        purpose: 'look at the link of the invite',
        method,
        url: url.split('#')[0] ?? url,
        effect: { kind: 'none' },
      });
      exchanges.push(result.exchange);
      if (method === 'GET' && url === invite.link && result.kind === 'answer')
        page = pageOfLink(url, invite.token, result);
    }
  }
  if (exchanges.length === 0)
    return { kind: 'not-tried', because: 'the invite has no link at the target that could be fetched' };
  desk.requests.looks = looks;
  const after = await desk.members();
  if (isFailed(after)) return { kind: 'not-tried', because: after.because };
  return {
    kind: newcomer(before, after, address) === null ? 'looked' : 'joined',
    before,
    page,
    exchanges: [...exchanges, after.exchange],
  };
}

/** The place that accepts, when the token stands in its path: it must not act on GET. */
function acceptingUrl({ accept }: InviteRoutes, { token }: Invite): string | null {
  const [slot, ...more] = slotNames(accept.path);
  if (slot === undefined || more.length > 0 || !/token|code|key|secret/i.test(slot)) return null;
  return accept.origin + accept.path.replace(`{${slot}}`, encodeURIComponent(token));
}
