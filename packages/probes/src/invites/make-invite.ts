import type { ActorId, ExchangeId } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { isJsonObject, jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import { objectIdsByMarker, objectIdsIn } from '../access/object-ids.ts';
import { workshopOf } from '../plant/workshop.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import type { InviteRequests } from './invite-requests.ts';
import { addressField, type InviteRoutes } from './invite-routes.ts';
import { lifetimeInAnswer, lifetimeInMail, tokenInAnswer, tokenInMail } from './invite-token.ts';
import { bodyFields } from '../lifecycle/operation-words.ts';
import { lastSlot, slotNames, tenantCall } from '../lifecycle/tenant-call.ts';
import { placeOfToken, type TokenPlace } from '../tokens/token-place.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';

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
  /** Where the answer that made it shows its id and its token; null where it does not. */
  readonly idAt: string | null;
  readonly tokenAt: TokenPlace | null;
  readonly exchanges: readonly ExchangeId[];
}

/** What inviting an address was answered. */
export interface InviteAnswer {
  readonly address: string;
  readonly answer: Answer;
}

export type Failed = { readonly because: string; readonly exchanges: readonly ExchangeId[] };
export const isFailed = (value: object): value is Failed =>
  'because' in value && !('ref' in value) && !('items' in value);

export const fail = (because: string, ...results: readonly SendResult[]): Failed => ({
  because,
  exchanges: results.map((one) => one.exchange),
});
export const said = (result: SendResult): string =>
  result.kind === 'answer' ? `status ${result.status}` : result.because;

/** Makes invites into one organisation and learns their tokens, from the answer or from the mail. */
export async function inviteMaker(
  context: ProbeContext,
  routes: InviteRoutes,
  requests: InviteRequests,
  { tenant, inviter }: { readonly tenant: string; readonly inviter: ActorId },
): Promise<{
  readonly invite: (address: string) => Promise<Invite | Failed>;
  /** Tokens of all invites so far, in the order in which they were made. */
  readonly tokens: ReadonlySet<string>;
  /** What every invitation was answered, whether or not an invite came of it. */
  readonly answers: readonly InviteAnswer[];
}> {
  const { sessions, ledger, inbox, clock, transport } = context;
  const workshop = await workshopOf(context);
  const tokens = new Set<string>();
  const answers: InviteAnswer[] = [];
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
    if (result.kind === 'answer') answers.push({ address, answer: result });
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
    const about: Invite = {
      ref,
      address,
      id,
      token,
      link: mailed?.link ?? shown?.link ?? null,
      lifetime,
      idAt: jsonScalars(json).find(({ value }) => id !== null && String(value) === id)?.pointer ?? null,
      tokenAt: placeOfToken(json, token),
      exchanges: [result.exchange],
    };
    const request = { method: create.method, url: call.url, headers: call.headers, body };
    requests.create = { request, about };
    return about;
  };

  return { invite, tokens, answers };
}

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
