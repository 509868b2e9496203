import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { BudgetSpent } from '../transport/transport-errors.ts';
import type { WishOf } from './ask-by-role.ts';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import { createCourier } from '../cross-tenant/courier.ts';
import { declaredMatrix } from './declared-right.ts';
import { doubtfulCells } from './doubtful-cells.ts';
import { tryInviteWithRights } from './invite-with-rights.ts';
import { keyOperations, tryKeyWithRights } from './key-with-rights.ts';
import { observedRights } from './observed-rights.ts';
import { openToAllBecause } from '../access/open-to-all.ts';
import { outsideCells } from './outside-cells.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Gate } from './closed-gate.ts';
import { promotionOperations } from './promotion-operations.ts';
import { tryPromotion } from './self-promotion.ts';
import { roleReproduction } from './role-reproduction.ts';
import { workshopOf } from '../plant/workshop.ts';

type Matrix = EvidenceMap['roleMatrix'];

/** Calls every operation as every role of one tenant, and lets a weak account try to raise its own rights. */
export const roleMatrix = defineProbe({
  id: 'access/role-matrix',
  title: 'Observe what each role may do',
  provides: 'roleMatrix',
  needs: ['planting', 'operations', 'logins', 'crossTenant'],
  leastMode: 'standard',
  estimate: ({ operations }) => Math.ceil(operations.length * 1.5),
  run: async (context) => {
    if (context.mode === 'observe')
      return { status: 'missing', because: 'nothing is changed in observe mode' };
    const { target, operations, sessions } = context;
    const tenant = target.tenants.toSorted(
      (a, b) => actorsOf(context, b).length - actorsOf(context, a).length,
    )[0];
    const all = tenant === undefined ? [] : actorsOf(context, tenant);
    const actors = all.filter((actor, index) => all.findIndex(({ role }) => role === actor.role) === index);
    const weakest = actors.at(-1);
    if (tenant === undefined || actors.length < 2 || !weakest)
      return { status: 'missing', because: 'no tenant has two roles that could log in' };
    const workshop = await workshopOf(context);
    const courier = createCourier(context, 'access/role-matrix');
    const matrix = declaredMatrix(target, operations);
    const signed = target.permissionsLock;
    const cells: Matrix['cells'][number][] = [];
    const promotions: Matrix['promotions'][number][] = [];
    try {
      for (const operation of operations) {
        if (
          operation.method === 'OPTIONS' ||
          operation.method === 'HEAD' ||
          openToAllBecause(workshop, operation) !== null
        )
          continue;
        context.progress(`as each role of ${tenant}: ${operation.id}`);
        // Somebody said that this role may not: what a weaker one may do is then no answer.
        const wish: WishOf = ({ role }) => {
          const right = matrix.right(operation, role);
          if (right === 'denied') return 'must';
          const wasDenied = Object.values(signed?.rights[operation.id]?.[role] ?? {}).includes('denied');
          return wasDenied ? 'must' : right === 'allowed' ? 'need-not' : 'may';
        };
        const rights = await observedRights(workshop, courier, operation, tenant, actors, wish);
        const strongest = rights.find(({ observed }) => observed === 'allowed')?.actor ?? all[0];
        for (const { actor, ...right } of rights) {
          const declared = matrix.right(operation, actor.role);
          const mayNot = declared === 'denied' || wish(actor) === 'must';
          const reproduce =
            mayNot && right.observed === 'allowed' && strongest
              ? roleReproduction(workshop, courier, right, operation, actor, strongest)
              : null;
          cells.push({
            operation: operation.id,
            role: actor.role,
            actor: actor.id,
            declared,
            doubt: null,
            ...right,
            reproduce,
          });
        }
      }
      const gates = operations.flatMap((operation): readonly Gate[] => {
        const of = cells.filter((cell) => cell.operation === operation.id);
        const denied = of.some(({ observed }) => observed === 'denied');
        const strong = actors.find(({ id }) =>
          of.some(({ actor, observed, inferred }) => actor === id && observed === 'allowed' && !inferred),
        );
        const filled = coverageSubject(workshop, operation, tenant, { ownTenant: true })?.filled;
        return operation.method === 'GET' && denied && strong && filled?.kind === 'filled'
          ? [{ operation, url: filled.url, headers: filled.headers, strong }]
          : [];
      });
      const actor = sessions.throwaway(tenant) ?? weakest.id;
      for (const operation of promotionOperations(operations)) {
        context.progress(`raising the rights of ${actor}: ${operation.id}`);
        promotions.push(await tryPromotion(workshop, courier, operation, { actor, tenant }, gates));
      }
      const weak = { actor: weakest, tenant };
      for (const operation of keyOperations(operations)) {
        context.progress(`a key with more rights than ${weakest.id}: ${operation.id}`);
        promotions.push(await tryKeyWithRights(workshop, courier, operation, weak, gates));
      }
      const invited =
        context.mode === 'full' ? await tryInviteWithRights(workshop, courier, weak, gates) : null;
      if (invited) promotions.push(invited);
    } catch (error) {
      // Half a matrix would look like a whole one: without an open cell to report, nothing is reported.
      const open = cells.some(({ declared, observed }) => declared === 'denied' && observed === 'allowed');
      if (!(error instanceof BudgetSpent) || !open) throw error;
      context.progress(error.message);
    }
    const every = [...cells, ...outsideCells(context)];
    return {
      status: 'gathered',
      data: {
        declaredBy: matrix.source,
        signed,
        cells: doubtfulCells(every, operations, target.roles),
        promotions,
      },
    };
  },
});
