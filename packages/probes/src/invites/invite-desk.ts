import type { ActorId, ExchangeId } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { workshopOf } from '../plant/workshop.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential, SessionRequest } from '../session/sessions.ts';
import type { SendResult } from '../transport/transport.ts';
import type { InviteRequests } from './invite-requests.ts';
import type { InviteRoutes } from './invite-routes.ts';
import {
  fail,
  inviteMaker,
  isFailed,
  said,
  type Failed,
  type Invite,
  type InviteAnswer,
} from './make-invite.ts';
import { membersView, type MembersView } from '../lifecycle/members-view.ts';
import { bodyFields } from '../lifecycle/operation-words.ts';
import { lastSlot, slotNames, tenantCall } from '../lifecycle/tenant-call.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';

const probe = 'lifecycle/invite-replay';

/** Makes, reads, accepts and revokes invites of one organisation. */
export interface InviteDesk {
  readonly tenant: string;
  readonly inviter: ActorId;
  /** The requests that were sent, the last of each kind. */
  readonly requests: InviteRequests;
  invite(address: string): Promise<Invite | Failed>;
  members(): Promise<(MembersView & { readonly exchange: ExchangeId }) | Failed>;
  /** The members as they were seen last; asks when nobody has looked yet. */
  lastMembers(): Promise<(MembersView & { readonly exchange: ExchangeId }) | Failed>;
  /** Accepts as this account; the ledger entry stands for the membership that may come to be. */
  accept(
    invite: Invite,
    credential: Credential,
    entry: LedgerRef,
    /** Fields that are added to the body, or replace some. */
    more?: Readonly<Record<string, unknown>>,
  ): Promise<SendResult | Failed>;
  /** The same request without sending it. */
  acceptRequest(
    invite: Invite,
    credential: Credential,
    entry: LedgerRef,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<SessionRequest | Failed>;
  /** The list of invites as another account gets it; null when there is none. */
  listedTo(actor: ActorId): Promise<SendResult | null>;
  /** Tokens of all invites so far, in the order in which they were made. */
  readonly tokens: ReadonlySet<string>;
  /** What every invitation was answered, in order. */
  readonly answers: readonly InviteAnswer[];
  /** Says why it could not be revoked, or null when the application agreed. */
  revoke(
    invite: Invite,
  ): Promise<{ readonly because: string | null; readonly exchanges: readonly ExchangeId[] }>;
}

export async function inviteDesk(
  context: ProbeContext,
  routes: InviteRoutes,
  tenant: string,
  inviter: ActorId,
): Promise<InviteDesk> {
  const { sessions } = context;
  const workshop = await workshopOf(context);
  const requests: InviteRequests = {};
  const { invite, tokens, answers } = await inviteMaker(context, routes, requests, { tenant, inviter });
  const acceptRequest: InviteDesk['acceptRequest'] = async (given, credential, entry, more) => {
    const { accept } = routes;
    const slots = slotNames(accept.path).filter((name) => /token|code|key|secret|invit|^id$/i.test(name));
    const extra = Object.fromEntries(slots.map((name) => [name, valueFor(name, given)]));
    const call = await tenantCall(context, accept, tenant, extra);
    if (call === null) return fail(`nothing is known to fill ${accept.path} with`);
    const made = workshop.body(
      accept,
      'create',
      credential.actor,
      workshop.scopeValues(accept, tenant),
    ).value;
    const value: Record<string, unknown> = isJsonObject(made) ? { ...made } : {};
    for (const { name } of bodyFields(accept))
      if (/token|code|secret|invit/i.test(name)) value[name] = valueFor(name, given);
    Object.assign(value, more);
    const body = accept.body === undefined && more === undefined ? null : encodedAs(accept, value);
    if (more === undefined)
      requests.accept = {
        request: { method: accept.method, url: call.url, headers: call.headers, body },
        about: given,
      };
    return {
      probe,
      purpose: 'accept the invite',
      method: accept.method,
      url: call.url,
      headers: call.headers,
      operation: accept,
      effect: { kind: 'create', entry },
      ...(body === null ? {} : { body }),
    };
  };
  let last: (MembersView & { readonly exchange: ExchangeId }) | null = null;
  const members: InviteDesk['members'] = async () => {
    const call = await tenantCall(context, routes.members, tenant);
    if (call === null) return fail(`nothing is known to fill ${routes.members.path} with`);
    requests.members = { method: 'GET', url: call.url, headers: call.headers };
    const result = await sessions.send(inviter, {
      probe,
      purpose: 'who is a member',
      method: 'GET',
      url: call.url,
      headers: call.headers,
      operation: routes.members,
      effect: { kind: 'none' },
    });
    const view = result.kind === 'answer' && result.status < 300 ? membersView(result.json()) : null;
    if (view === null) return fail(`the list of members could not be read (${said(result)})`, result);
    return (last = { ...view, exchange: result.exchange });
  };
  return {
    tenant,
    inviter,
    requests,
    invite,
    tokens,
    answers,
    members,
    lastMembers: async () => last ?? members(),
    acceptRequest,
    accept: async (given, credential, entry, more) => {
      const request = await acceptRequest(given, credential, entry, more);
      if (isFailed(request)) return request;
      const result = await unlessGuarded(sessions.sendWith(credential, credential.actor, request));
      return result.kind === 'not-sent' ? fail(result.because) : result;
    },
    listedTo: async (actor) => {
      if (routes.invites === null) return null;
      const call = await tenantCall(context, routes.invites, tenant);
      if (call === null) return null;
      return sessions.send(actor, {
        probe,
        purpose: 'who sees which invites',
        method: 'GET',
        url: call.url,
        headers: call.headers,
        operation: routes.invites,
        effect: { kind: 'none' },
      });
    },
    revoke: async (given) => {
      const { revoke } = routes;
      if (revoke === null || given.id === null)
        return { because: 'no operation was found that revokes an invite', exchanges: [] };
      const call = await tenantCall(context, revoke, tenant, lastSlot(revoke.path, given.id));
      if (call === null) return { because: `nothing is known to fill ${revoke.path} with`, exchanges: [] };
      const body =
        revoke.body === undefined
          ? null
          : encodedAs(revoke, Object.fromEntries(bodyFields(revoke).map(({ name }) => [name, given.id])));
      requests.revoke = {
        request: { method: revoke.method, url: call.url, headers: call.headers, body },
        about: given,
      };
      const result = await unlessGuarded(
        sessions.send(inviter, {
          probe,
          purpose: 'revoke the invite',
          method: revoke.method,
          url: call.url,
          headers: call.headers,
          operation: revoke,
          effect: { kind: 'change', objects: [given.ref] },
          ...(body === null ? {} : { body }),
        }),
      );
      if (result.kind === 'not-sent') return { because: result.because, exchanges: [] };
      const fine = result.kind === 'answer' && result.status >= 200 && result.status < 300;
      return {
        because: fine ? null : `revoking was answered with ${said(result)}`,
        exchanges: [result.exchange],
      };
    },
  };
}

const valueFor = (name: string, { token, id }: Invite): string =>
  /token|code|secret|key/i.test(name) || id === null ? token : /id$/i.test(name) ? id : token;
