import { credentialKinds, isSafeMethod, type EvidenceMap, type Operation } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { BudgetSpent } from '../transport/transport-errors.ts';
import { coverCreates, coverOthers } from './coverage-creates.ts';
import { coverReads, trialOf, type CoverageTrial } from './coverage-reads.ts';
import { coverageSubject, type CoverageSubject } from './coverage-subject.ts';
import { isSpokenFor, representedOperations, type Represented } from './coverage-represented.ts';
import { coverWrites, type CoverageWrite } from './coverage-writes.ts';
import { coverNamedAccount, namedAccountChanges } from './named-account-change.ts';
import { createCourier, type Courier } from '../cross-tenant/courier.ts';
import { openToAllBecause } from '../access/open-to-all.ts';
import { coverOtherUser, isAboutOneself } from '../cross-tenant/other-user.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Resource } from '../access/resource-graph.ts';
import { spoiltCredentials, type Spoilt } from '../access/spoilt-credentials.ts';
import { workshopOf, type Workshop } from '../plant/workshop.ts';

const logsOut = /(^|\/)(log|sign)[-_]?(out|off)\/?$/i;

/** Calls every operation without a credential, with a changed one, with an expired one, and with another user's. */
export const accessCoverage = defineProbe({
  id: 'access/access-coverage',
  title: 'Call every operation without a valid credential',
  provides: 'accessCoverage',
  needs: ['planting', 'operations', 'logins', 'crossTenant'],
  leastMode: 'observe',
  estimate: ({ operations }) => operations.length * 3,
  run: async (context) => {
    const workshop = await workshopOf(context);
    const courier = createCourier(context, 'access/access-coverage');
    const tenant = context.target.tenants.find((one) => actorsOf(context, one).length > 0);
    const [actor] = tenant === undefined ? [] : actorsOf(context, tenant);
    if (tenant === undefined || !actor) return { status: 'missing', because: 'no actor could log in' };
    const { spoilt, notTested } = await spoiltCredentials(context, actor.id);
    const trials: CoverageTrial[] = [];
    const writes: CoverageWrite[] = [];
    const represented = representedOperations(workshop.graph, context.operations);
    const spared = new Set(represented.map(({ operation }) => operation));
    const bare = spoilt.filter(({ kind }) => kind === 'none');
    const others = spoilt.filter(({ kind }) => kind !== 'none');
    const spokenFor: Represented[] = [];
    const more: EvidenceMap['accessCoverage']['notTested'][number][] = [...notTested];
    try {
      for (const operation of context.operations) {
        if (operation.method === 'OPTIONS' || operation.method === 'HEAD') continue;
        context.progress(`without a valid credential: ${operation.id}`);
        const subject = coverageSubject(workshop, operation, tenant, { madeUp: true });
        if (!subject) continue;
        // Ends what the other trials are about, and has nothing to keep from anybody.
        const ends = logsOut.test(operation.path) ? 'it logs out whoever asks' : null;
        const open = ends ?? openToAllBecause(workshop, operation);
        if (open !== null) {
          trials.push(trialOf(subject, 'none', 'public', open, []));
          continue;
        }
        const kinds = spared.has(operation) ? bare : spoilt;
        const write = writeOf(workshop, subject, kinds);
        if (write) writes.push(write);
        else trials.push(...(await cover(workshop, courier, subject, kinds)));
        if (isAboutOneself(operation)) {
          const trial = await coverOtherUser(workshop, courier, subject);
          if (trial) trials.push(trial);
        }
      }
      context.progress('changing objects without a valid credential');
      trials.push(...(await coverWrites(workshop, courier, writes)));
      const left: CoverageWrite[] = [];
      for (const one of represented) {
        if (isSpokenFor(one, trials)) {
          spokenFor.push(one);
          continue;
        }
        const subject = coverageSubject(workshop, one.operation, tenant, { madeUp: true });
        const tried = trials.filter(({ operation }) => operation === one.operation.id);
        // What everybody may call has nothing to lose by a credential that is no good.
        if (!subject || tried.length === 0 || tried.some(({ verdict }) => verdict === 'public')) continue;
        const write = writeOf(workshop, subject, others);
        if (write) left.push(write);
        else trials.push(...(await cover(workshop, courier, subject, others)));
      }
      trials.push(...(await coverWrites(workshop, courier, left)));
      for (const operation of context.mode === 'observe' ? [] : namedAccountChanges(context.operations)) {
        context.progress(`another account named in ${operation.id}`);
        const trial = await coverNamedAccount(workshop, courier, operation);
        if (trial) trials.push(trial);
      }
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      const because = `not every operation was called: ${error.message}`;
      more.push(...credentialKinds.map((credential) => ({ credential, because })));
    }
    if (!trials.some(({ credential }) => credential === 'other-user')) {
      more.push({
        credential: 'other-user',
        because: 'no operation answers about whoever asks; objects of others are tried by role and by tenant',
      });
    }
    return {
      status: 'gathered',
      data: {
        trials,
        represented: spokenFor.flatMap(({ operation, by }) =>
          others.map(({ kind }) => ({
            operation: operation.id,
            credential: kind,
            by: by.map(({ id }) => id),
          })),
        ),
        notTested: more,
      },
    };
  },
});

/** A change of an object of ours; those are tried together at the end. */
function writeOf(
  workshop: Workshop,
  subject: CoverageSubject,
  spoilt: readonly Spoilt[],
): CoverageWrite | null {
  const { operation, object } = subject;
  if (isSafeMethod(operation.method) || workshop.context.mode === 'observe' || !object) return null;
  const resource = resourceChangedBy(workshop, operation);
  return resource && object.resource === resource ? { subject, resource, spoilt } : null;
}

const resourceChangedBy = ({ graph }: Workshop, operation: Operation): Resource | null =>
  graph.resources.find((one) => one.remove === operation || one.updates.includes(operation)) ?? null;

async function cover(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const { operation } = subject;
  if (isSafeMethod(operation.method)) return coverReads(workshop, courier, subject, spoilt);
  if (workshop.context.mode === 'observe') {
    return spoilt.map(({ kind }) =>
      trialOf(subject, kind, 'inconclusive', 'nothing is changed in observe mode', []),
    );
  }
  const changed = resourceChangedBy(workshop, operation);
  const created = workshop.graph.resources.find((one) => one.create === operation);
  const planted = created ? workshop.objects.some((one) => one.resource === created) : false;
  if (created && planted) return coverCreates(workshop, courier, subject, created, spoilt);
  // What ends at an id that stands for nothing changes nothing; a refusal still proves that the door is shut.
  return coverOthers(workshop, courier, changed ? { ...subject, object: null } : subject, spoilt);
}
