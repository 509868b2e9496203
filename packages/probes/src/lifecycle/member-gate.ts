import type { ExchangeId } from '@launch-ready/core';
import { jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { InviteDesk } from '../invites/invite-desk.ts';
import { isFailed } from '../invites/make-invite.ts';
import type { InviteRoutes } from '../invites/invite-routes.ts';
import { memberIds, newcomer, type MembersView } from './members-view.ts';
import { slotNames, tenantCall } from './tenant-call.ts';
import { unlessGuarded } from './unless-guarded.ts';

/** Watches one account enter and leave an organisation; its memberships are entries of the ledger. */
export interface MemberGate {
  /** Writes down a membership that may come to be. */
  intend(): LedgerRef;
  /** Whether the account is a member now and was not before, as the inviter sees it. */
  joined(
    before: MembersView,
    entry: LedgerRef,
  ): Promise<{
    readonly joined: boolean;
    readonly failed: string | null;
    /** The new member as the list shows it. */
    readonly row?: JsonObject;
    readonly exchanges: readonly ExchangeId[];
  }>;
  /** Removes the member again; says why that did not work, or null. */
  remove(entry: LedgerRef): Promise<string | null>;
}

export function memberGate(
  context: ProbeContext,
  desk: InviteDesk,
  routes: InviteRoutes,
  address: string,
): MemberGate {
  const { ledger, sessions } = context;
  const found = new Map<LedgerRef, { readonly item: JsonObject; readonly before: MembersView }>();
  const removal = async (
    id: string,
  ): Promise<{ readonly url: string; readonly slots: Readonly<Record<string, string>> } | null> => {
    const operation = routes.removeMember;
    const slot = operation === null ? undefined : slotNames(operation.path).at(-1);
    return operation === null || slot === undefined
      ? null
      : tenantCall(context, operation, desk.tenant, { [slot]: id });
  };
  const idsOf = (item: JsonObject): readonly string[] =>
    memberIds(item, slotNames(routes.removeMember?.path ?? '').at(-1) ?? 'id');

  return {
    intend: () =>
      ledger.intend({
        operation: routes.accept.id,
        actor: desk.inviter,
        tenant: desk.tenant,
        type: 'members',
        twin: 'throwaway',
        canaries: [],
        slots: {},
        readUrl: null,
        deleteUrl: null,
        listUrl: null,
      }),
    joined: async (before, entry) => {
      const after = await desk.members();
      if (isFailed(after)) {
        ledger.leftover(entry, `whether ${address} became a member could not be seen: ${after.because}`);
        return { joined: false, failed: after.because, exchanges: after.exchanges };
      }
      const item = newcomer(before, after, address);
      if (item === null) {
        ledger.notCreated(entry);
        return { joined: false, failed: null, exchanges: [after.exchange] };
      }
      found.set(entry, { item, before });
      const [id] = idsOf(item);
      const call = id === undefined ? null : await removal(id);
      if (id === undefined)
        ledger.leftover(entry, `${address} became a member and has no id by which it could be removed`);
      else
        ledger.created(entry, { objectId: id, slots: call?.slots ?? { id }, deleteUrl: call?.url ?? null });
      return { joined: true, failed: null, row: item, exchanges: [after.exchange] };
    },
    remove: async (entry) => {
      const known = found.get(entry);
      const operation = routes.removeMember;
      if (known === undefined || operation === null) return 'no operation was found that removes a member';
      let said = 'its id is not known';
      for (const id of idsOf(known.item).slice(0, 3)) {
        const call = await removal(id);
        if (call === null) return `nothing is known to fill ${operation.path} with`;
        ledger.created(entry, { objectId: id, slots: call.slots, deleteUrl: call.url });
        const idAt = jsonScalars(known.item).find(({ value }) => String(value) === id)?.pointer ?? '';
        desk.requests.remove = { request: { method: 'DELETE', url: call.url }, id, idAt };
        const result = await unlessGuarded(
          sessions.send(desk.inviter, {
            probe: 'lifecycle/invite-replay',
            purpose: 'remove the member again',
            method: 'DELETE',
            url: call.url,
            operation,
            effect: { kind: 'change', objects: [entry] },
          }),
        );
        said = result.kind === 'answer' ? `status ${result.status}` : result.because;
        const after = await desk.members();
        if (isFailed(after)) return after.because;
        if (newcomer(known.before, after, address) === null) {
          ledger.cleaned(entry);
          return null;
        }
      }
      return `removing was answered with ${said}, and the member is still listed`;
    },
  };
}
