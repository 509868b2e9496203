import type { ActorId, ExchangeId } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { isJsonObject, type JsonObject } from '../access/json-scalars.ts';
import { objectIdsByMarker, objectIdsIn } from '../access/object-ids.ts';
import { workshopOf } from '../access/workshop.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { SendResult } from '../transport/transport.ts';
import { addressField, type InviteRoutes } from './invite-routes.ts';
import { lifetimeInAnswer, lifetimeInMail, tokenInAnswer, tokenInMail } from './invite-token.ts';
import { membersView, type MembersView } from './members-view.ts';
import { bodyFields } from './operation-words.ts';
import { slotNames, tenantCall } from './tenant-call.ts';
import { unlessGuarded } from './unless-guarded.ts';

const probe = 'lifecycle/invite-replay';
const mailWaitMs = 20_000;

/** An invite that was made. */
export interface Invite {
  readonly ref: LedgerRef;
  readonly address: string;
  readonly id: string | null;
  readonly token: string;
  readonly link: string | null;
  readonly lifetime: { readonly hours: number; readonly source: string } | null;
  readonly exchanges: readonly ExchangeId[];
}

export type Failed = { readonly because: string; readonly exchanges: readonly ExchangeId[] };
export const isFailed = (value: object): value is Failed =>
  'because' in value && !('ref' in value) && !('items' in value);

/** Makes, reads, accepts and revokes invites of one organisation. */
export interface InviteDesk {
  readonly tenant: string;
  readonly inviter: ActorId;
  invite(address: string): Promise<Invite | Failed>;
  members(): Promise<(MembersView & { readonly exchange: ExchangeId }) | Failed>;
  /** Accepts as this account; the ledger entry stands for the membership that may come to be. */
  accept(invite: Invite, credential: Credential, entry: LedgerRef): Promise<SendResult | Failed>;
  /** Says why it could not be revoked, or null when the application agreed. */
  revoke(
    invite: Invite,
  ): Promise<{ readonly because: string | null; readonly exchanges: readonly ExchangeId[] }>;
}

const fail = (because: string, ...results: readonly SendResult[]): Failed => ({
  because,
  exchanges: results.map((one) => one.exchange),
});
const said = (result: SendResult): string =>
  result.kind === 'answer' ? `status ${result.status}` : result.because;

export async function inviteDesk(
  context: ProbeContext,
  routes: InviteRoutes,
  tenant: string,
  inviter: ActorId,
): Promise<InviteDesk> {
  const { sessions, ledger, inbox, clock, transport } = context;
  const workshop = await workshopOf(context);
  const tokens = new Set<string>();
  const invite = async (address: string): Promise<Invite | Failed> => {
    const { create } = routes;
    const call = await tenantCall(context, create, tenant);
    if (call === null) return fail(`nothing is known to fill ${create.path} with`);
    const made = workshop.body(create, 'create', inviter, workshop.scopeValues(create, tenant)).value;
    const body = encodedAs(create, invitation(routes, isJsonObject(made) ? made : {}, address));
    const ref = ledger.intend({
      operation: create.id,
      actor: inviter,
      tenant,
      type: 'invites',
      twin: 'throwaway',
      canaries: [],
      slots: call.slots,
      readUrl: null,
      deleteUrl: null,
      listUrl: null,
    });
    const madeAt = clock.now();
    const result = await unlessGuarded(
      sessions.send(inviter, {
        probe,
        purpose: 'invite an address of ours',
        method: create.method,
        url: call.url,
        headers: call.headers,
        operation: create,
        effect: { kind: 'create', entry: ref },
        ...(body === null ? {} : { body }),
      }),
    );
    if (result.kind === 'not-sent') {
      ledger.notCreated(ref);
      return fail(result.because);
    }
    if (result.kind === 'no-answer' || result.status < 200 || result.status > 299) {
      if (result.kind === 'answer') ledger.notCreated(ref);
      else ledger.leftover(ref, `inviting ${address} got no answer`);
      return fail(`inviting was answered with ${said(result)}`, result);
    }
    const json = result.json();
    const id = objectIdsIn(result, 'invites', null)[0] ?? (await idFromList(address));
    const revoke =
      routes.revoke !== null && id !== null
        ? await tenantCall(context, routes.revoke, tenant, lastSlot(routes.revoke.path, id))
        : null;
    const deleteUrl = routes.revoke?.method === 'DELETE' ? (revoke?.url ?? null) : null;
    if (id === null) ledger.leftover(ref, 'the invite has no id by which it could be revoked');
    else ledger.created(ref, { objectId: id, slots: revoke?.slots ?? call.slots, deleteUrl });

    const shown = tokenInAnswer(json);
    // The mail is waited for even then: only it shows the link that people get.
    const mail =
      (await inbox?.waitFor(address, {
        since: madeAt,
        timeoutMs: shown?.token ? 3000 : mailWaitMs,
        // An earlier invite to the same address may have arrived this very moment.
        matches: (one) => !tokens.has(tokenInMail(one)?.token ?? ''),
      })) ?? null;
    const mailed = mail === null ? null : tokenInMail(mail);
    const token = mailed?.token ?? shown?.token ?? (needsToken(routes) ? null : id);
    if (token === null) {
      return fail(
        inbox === null
          ? 'the answer shows no token, and no inbox is given that would receive the mail'
          : 'neither the answer nor a mail within 20 s shows the token of the invite',
        result,
      );
    }
    tokens.add(token);
    transport.addSecret(token);
    ledger.allowScope(token);
    const lifetime = lifetimeInAnswer(json, madeAt) ?? (mail === null ? null : lifetimeInMail(mail));
    return {
      ref,
      address,
      id,
      token,
      link: mailed?.link ?? shown?.link ?? null,
      lifetime,
      exchanges: [result.exchange],
    };
  };

  const idFromList = async (address: string): Promise<string | null> => {
    if (routes.invites === null) return null;
    const call = await tenantCall(context, routes.invites, tenant);
    if (call === null) return null;
    const result = await sessions.send(inviter, {
      probe,
      purpose: 'find the id of the invite',
      method: 'GET',
      url: call.url,
      headers: call.headers,
      operation: routes.invites,
      effect: { kind: 'none' },
    });
    return result.kind === 'answer'
      ? (objectIdsByMarker(result.json(), address.toLowerCase(), 'invites', null)[0] ?? null)
      : null;
  };

  return {
    tenant,
    inviter,
    invite,
    members: async () => {
      const call = await tenantCall(context, routes.members, tenant);
      if (call === null) return fail(`nothing is known to fill ${routes.members.path} with`);
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
      return view === null
        ? fail(`the list of members could not be read (${said(result)})`, result)
        : { ...view, exchange: result.exchange };
    },
    accept: async (given, credential, entry) => {
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
      const body = accept.body === undefined ? null : encodedAs(accept, value);
      const result = await unlessGuarded(
        sessions.sendWith(credential, credential.actor, {
          probe,
          purpose: 'accept the invite',
          method: accept.method,
          url: call.url,
          headers: call.headers,
          operation: accept,
          effect: { kind: 'create', entry },
          ...(body === null ? {} : { body }),
        }),
      );
      return result.kind === 'not-sent' ? fail(result.because) : result;
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

const lastSlot = (path: string, value: string): Readonly<Record<string, string>> => {
  const name = slotNames(path).at(-1);
  return name === undefined ? {} : { [name]: value };
};

const valueFor = (name: string, { token, id }: Invite): string =>
  /token|code|secret|key/i.test(name) || id === null ? token : /id$/i.test(name) ? id : token;

/** Whether accepting takes something that only the invited person knows, beside the id. */
const needsToken = ({ accept }: InviteRoutes): boolean =>
  [...slotNames(accept.path), ...bodyFields(accept).map(({ name }) => name)].some((name) =>
    /token|code|secret|key/i.test(name),
  );

/** The body with the address in its place, and with the weakest role that is offered. */
function invitation({ create }: InviteRoutes, made: JsonObject, address: string): JsonObject {
  const value: Record<string, unknown> = { ...made };
  const field = addressField(create);
  for (const { name, schema, required } of bodyFields(create)) {
    if (name === field) value[name] = schema['type'] === 'array' ? [address] : address;
    const choices = /role/i.test(name) && Array.isArray(schema['enum']) ? schema['enum'] : [];
    const weakest =
      choices.find((one) => /^(member|viewer|guest|reader|user|basic|client)$/i.test(String(one))) ??
      choices.at(-1);
    if (weakest !== undefined && (required || name in value)) value[name] = weakest;
  }
  return value;
}
