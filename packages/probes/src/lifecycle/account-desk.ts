import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { RequestToShow } from '../reproduction/request-template.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { memberIds, membersView } from './members-view.ts';
import { lastLiteral } from './operation-words.ts';
import { slotNames, tenantCall, type TenantCall } from './tenant-call.ts';
import { unlessGuarded } from './unless-guarded.ts';

const probe = 'lifecycle/session-replay';
const peopleNames = /^(members|memberships|member|people|team|staff|users|accounts|employees)$/;
const mostLists = 3;

/** An administrator's view of one throw-away account, and changes made to it from there. */
export interface AccountDesk {
  readonly tenant: string;
  readonly admin: ActorId;
  readonly actor: ActorId;
  readonly username: string;
  /** The list in which it stands. */
  readonly list: Operation;
  /** The request that shows the list. */
  readonly shown: RequestToShow;
  /** What the list said of it at first, and of the administrator. */
  readonly row: JsonObject;
  readonly adminRow: JsonObject | null;
  readonly exchanges: readonly ExchangeId[];
  /** What the list says of it now; null when it cannot be read or does not show it. */
  reread(): Promise<JsonObject | null>;
  /** Where an operation on a single account is called for this one; null when a slot has no value. */
  place(operation: Operation): Promise<TenantCall | null>;
  /** Writes the change down before it is made. */
  intend(operation: Operation, call: TenantCall): LedgerRef;
  send(
    operation: Operation,
    call: TenantCall,
    entry: LedgerRef,
    body: OutgoingBody | null,
    purpose: string,
  ): Promise<{ readonly fine: boolean; readonly said: string; readonly exchanges: readonly ExchangeId[] }>;
}

/** Finds a throw-away account in a list that an administrator of its tenant can read. */
export async function accountDesk(
  context: ProbeContext,
): Promise<AccountDesk | { readonly because: string; readonly absent?: boolean }> {
  const { target, sessions, operations, ledger } = context;
  const lists = operations
    .filter(
      ({ method, path }) => method === 'GET' && peopleNames.test(lastLiteral(path)) && !path.endsWith('}'),
    )
    .toSorted((a, b) => below(operations, b).length - below(operations, a).length);
  if (lists.length === 0)
    return { because: 'no operation was found that lists members or users', absent: true };
  let because = 'the target file names no throw-away account with a password';
  for (const tenant of target.tenants) {
    const actor = sessions.throwaway(tenant);
    const username = actor === null ? null : (sessions.secretOf(actor)?.username ?? null);
    const admin = actorsOf(context, tenant)[0];
    if (actor === null || username === null || admin === undefined) continue;
    const adminName = sessions.secretOf(admin.id)?.username ?? null;
    for (const list of lists.slice(0, mostLists)) {
      const call = await tenantCall(context, list, tenant);
      if (call === null) continue;
      const read = async (): Promise<{
        readonly items: readonly JsonObject[];
        readonly exchanges: readonly ExchangeId[];
      } | null> => {
        const result = await sessions.send(admin.id, {
          probe,
          purpose: 'what is said of the throw-away account',
          method: 'GET',
          url: call.url,
          headers: call.headers,
          operation: list,
          effect: { kind: 'none' },
        });
        const view = result.kind === 'answer' && result.status < 300 ? membersView(result.json()) : null;
        return view === null ? null : { items: view.items, exchanges: [result.exchange] };
      };
      const first = await read();
      const row = first?.items.find((item) => names(item, username)) ?? null;
      if (first === null || row === null) {
        because = `${list.id} does not show ${actor} to ${admin.id}`;
        continue;
      }
      const idsFor = (operation: Operation): readonly string[] =>
        memberIds(row, slotOf(list, operation) ?? 'id');
      return {
        tenant,
        admin: admin.id,
        actor,
        username,
        list,
        shown: { method: 'GET', url: call.url, headers: call.headers, operation: list },
        row,
        adminRow: adminName === null ? null : (first.items.find((item) => names(item, adminName)) ?? null),
        exchanges: first.exchanges,
        reread: async () => (await read())?.items.find((item) => names(item, username)) ?? null,
        place: async (operation) => {
          const slot = slotOf(list, operation);
          const [id] = idsFor(operation);
          return slot === null || id === undefined
            ? null
            : tenantCall(context, operation, tenant, { [slot]: id });
        },
        intend: (operation, { slots }) => {
          const entry = ledger.intend({
            operation: operation.id,
            actor: admin.id,
            tenant,
            type: 'access of the throw-away account',
            twin: 'throwaway',
            canaries: [],
            slots,
            readUrl: null,
            deleteUrl: null,
            listUrl: null,
          });
          ledger.created(entry, { objectId: idsFor(operation)[0] ?? username });
          // Stands unless it is undone: also when the run is killed between the two.
          ledger.leftover(
            entry,
            `the run ended between ${operation.id} and its undoing: look at ${username} in ${list.id} as ${admin.id}, and make it active again with the role that it had`,
          );
          return entry;
        },
        send: async (operation, { url, headers }, entry, body, purpose) => {
          const result = await unlessGuarded(
            sessions.send(admin.id, {
              probe,
              purpose,
              method: operation.method,
              url,
              headers,
              operation,
              effect: { kind: 'change', objects: [entry] },
              ...(body === null ? {} : { body }),
            }),
          );
          if (result.kind === 'not-sent') return { fine: false, said: result.because, exchanges: [] };
          if (result.kind === 'no-answer')
            return { fine: false, said: result.because, exchanges: [result.exchange] };
          return { fine: result.status < 300, said: `status ${result.status}`, exchanges: [result.exchange] };
        },
      };
    }
  }
  return { because };
}

/** Operations on a single entry of a list. */
export const below = (operations: readonly Operation[], list: Operation): readonly Operation[] =>
  operations.filter(
    ({ path, method }) =>
      method !== 'GET' && method !== 'HEAD' && path.startsWith(`${list.path.replace(/\/$/, '')}/{`),
  );

/** The slot that names an entry of the list. */
const slotOf = (list: Operation, operation: Operation): string | null =>
  slotNames(operation.path)[slotNames(list.path).length] ?? null;

const names = (item: JsonObject, username: string): boolean =>
  jsonScalars(item).some(
    ({ value }) => typeof value === 'string' && value.toLowerCase() === username.toLowerCase(),
  );
