import { crossTenantActions, type EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { BudgetSpent } from '../transport/transport-errors.ts';
import { attackInserts } from './attack-inserts.ts';
import { doubtCommons } from './doubt-commons.ts';
import { attackLinks } from './attack-links.ts';
import { attackLists } from './attack-lists.ts';
import { attackMoves } from './attack-moves.ts';
import { attackMembers, memberChanges } from './attack-members.ts';
import { attackNames } from './attack-names.ts';
import { attackReads } from './attack-reads.ts';
import { attackJobs } from './attack-jobs.ts';
import { attackSelectors } from './attack-selectors.ts';
import { attackSettings, settingsTried } from './attack-settings.ts';
import { attackTenantData, tenantOperations } from './attack-tenant-data.ts';
import { attackTrash } from './attack-trash.ts';
import { changeAttacks } from './change-attacks.ts';
import { createCourier } from './courier.ts';
import {
  frontsOf,
  plantedStagesOf,
  stagesOf,
  type CrossTenantTrial,
  type Front,
  type Stage,
} from './front.ts';
import { idQuality } from './id-quality.ts';
import { leftAlone } from './left-alone.ts';
import { mailLeaks } from '../leaks/mail-leaks.ts';
import { viewAsOwner } from './owner-view.ts';
import { strayLeaks } from '../leaks/stray-leaks.ts';
import { actionsOn } from './object-actions.ts';
import { siege } from './siege.ts';
import { workshopOf, type Workshop } from '../plant/workshop.ts';

/** Attacks the planted objects of every tenant as actors of every other, in both directions. */
export const crossTenant = defineProbe({
  id: 'access/cross-tenant',
  title: 'Reach for the objects of another tenant',
  provides: 'crossTenant',
  needs: ['planting', 'operations', 'logins'],
  leastMode: 'observe',
  estimate: ({ target, operations }) => operations.length * target.tenants.length * 4,
  run: async (context) => {
    if (context.target.tenants.length < 2)
      return { status: 'missing', because: 'the target file names only one tenant' };
    if (context.evidence('planting') === null) return { status: 'missing', because: 'nothing was planted' };
    const workshop = await workshopOf(context);
    const courier = createCourier(context, 'access/cross-tenant');
    const fronts = frontsOf(workshop, courier);
    if (fronts.length === 0) return { status: 'missing', because: 'no actor of another tenant could log in' };
    const ids = idsOf(workshop);
    const trials: CrossTenantTrial[] = [];
    const phases: readonly (readonly [string, (front: Front) => Promise<readonly CrossTenantTrial[]>])[] = [
      ['reading', (front) => eachStage(stagesOf(front), front, attackReads)],
      ['listing', attackLists],
      ['asking in the name of', attackSelectors],
      ['looking into what is there of', attackTenantData],
      ['taking the results of work on', attackJobs],
      ['creating among', (front) => eachStage(plantedStagesOf(front), front, attackInserts)],
      ['moving own objects to', (front) => eachStage(plantedStagesOf(front), front, attackMoves)],
      [
        'changing, using and deleting',
        (front) =>
          eachStage(plantedStagesOf(front), front, async (_, stage) =>
            siege(front, stage, await changeAttacks(front, stage)),
          ),
      ],
      ['following links to', (front) => eachStage(plantedStagesOf(front), front, attackLinks)],
      ['taking names of', (front) => eachStage(plantedStagesOf(front), front, attackNames)],
      ['changing members beside', attackMembers],
      ['changing settings beside', attackSettings],
    ];
    try {
      for (const [doing, attack] of phases) {
        for (const front of fronts) {
          context.progress(`${doing} objects of ${front.victimTenant} as ${front.attackerTenant}`);
          trials.push(...(await attack(front)));
        }
      }
      for (const front of fronts) trials.splice(0, trials.length, ...(await withLateEffects(front, trials)));
      trials.push(...(await strayLeaks(workshop, courier, trials, fronts[0]?.exposed)));
      trials.push(...(await mailLeaks(workshop)));
      for (const front of fronts) for (const settle of front.open.splice(0)) trials.push(await settle());
      for (const front of fronts) trials.push(...(await attackTrash(front)));
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      trials.push(...fronts.flatMap((front) => notReached(front, error.message)));
    }
    const [front] = fronts;
    const changed = front ? memberChanges(front).map(({ operation }) => operation.id) : [];
    const settings = front ? settingsTried(front) : [];
    const attackable = {
      act: front
        ? stagesOf(front).flatMap(({ resource }) => actionsOn(workshop, resource).map(({ id }) => id))
        : [],
      tenant: front ? [...tenantOperations(front), ...changed, ...settings] : [],
      leftAlone: front ? leftAlone(front, [...(context.mode === 'full' ? changed : []), ...settings]) : [],
    };
    return { status: 'gathered', data: { trials: doubtCommons(workshop, trials), ids, attackable } };
  },
});

/** How the ids of each planted kind are made. */
const idsOf = ({ objects }: Workshop): NonNullable<EvidenceMap['crossTenant']['ids']> =>
  [...Map.groupBy(objects, ({ resource }) => resource.type)].map(([objectType, all]) => ({
    objectType,
    ...idQuality([...new Set(all.map(({ id }) => id))]),
  }));

/** What the budget did not reach must not pass for proven: one open trial for each action in this direction. */
const notReached = (front: Front, because: string): readonly CrossTenantTrial[] =>
  stagesOf(front)
    .slice(0, 1)
    .flatMap(({ victim }) =>
      crossTenantActions.map((action) => ({
        operation: '-',
        action,
        slot: '-',
        relation: 'foreign tenant',
        attacker: front.attackers[0]?.id ?? front.attackerTenant,
        owner: victim.owner,
        objectType: 'what was not reached',
        verdict: 'inconclusive',
        confirmations: 0,
        seenIn: null,
        because,
        exchanges: [],
        reproduce: null,
      })),
    );

const eachStage = (
  stages: readonly Stage[],
  front: Front,
  attack: (front: Front, stage: Stage) => Promise<readonly CrossTenantTrial[]>,
): Promise<readonly CrossTenantTrial[]> => flatten(stages, (stage) => attack(front, stage));

async function flatten<T>(
  items: readonly T[],
  make: (item: T) => Promise<readonly CrossTenantTrial[]>,
): Promise<readonly CrossTenantTrial[]> {
  const all: CrossTenantTrial[] = [];
  for (const item of items) all.push(...(await make(item)));
  return all;
}

/** Attacks that were answered with success and had no effect at once are looked at again: work may be done in a queue. */
async function withLateEffects(
  front: Front,
  trials: readonly CrossTenantTrial[],
): Promise<readonly CrossTenantTrial[]> {
  let all = trials;
  const views = new Map<string, string>();
  for (const { marks, object, settle } of front.pending) {
    const known = views.get(object.ref);
    const text =
      known ??
      (await viewAsOwner(front.workshop, front.courier, object, 'the owner reads it once more at the end'))
        .text;
    views.set(object.ref, text);
    if (!marks.some((mark) => text.includes(mark))) continue;
    for (const trial of await settle()) {
      const same = (one: CrossTenantTrial): boolean =>
        one.operation === trial.operation &&
        one.action === trial.action &&
        one.slot === trial.slot &&
        one.attacker === trial.attacker &&
        one.owner === trial.owner;
      const late: CrossTenantTrial =
        trial.verdict === 'safe'
          ? {
              ...trial,
              verdict: 'inconclusive',
              because: 'the change showed up late, and not again',
              seenOnce: true,
            }
          : trial;
      all = [...all.filter((one) => !same(one)), late];
    }
  }
  return all;
}
