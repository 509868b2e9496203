import type { Actor, Operation } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import { asActor, exchangesOf, isSuccess, noEffect, outcomeOf, type Call, type Delivery } from './courier.ts';
import type { CrossTenantTrial, Front } from './front.ts';
import { jobAt, jobStarts } from './job-routes.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { quietParts } from '../access/trial-head.ts';

/** A piece of work that somebody started, and the request that shows what became of it. */
interface Job {
  readonly read: Call;
  readonly shown: Delivery;
  /** Whether its owner found something of its own tenant in the result. */
  readonly isTelling: boolean;
}

const looks = 4;

/**
 * Lets an actor of a tenant start work that is done in the background, such as an export, and asks for its result as an actor of
 * the other tenant. Only work whose result shows its owner a planted object counts.
 */
export async function attackJobs(front: Front): Promise<readonly CrossTenantTrial[]> {
  const [attacker] = front.attackers;
  const [owner] = actorsOf(front.workshop.context, front.victimTenant);
  if (!attacker || !owner) return [];
  const trials: CrossTenantTrial[] = [];
  for (const start of jobStarts(front.workshop)) {
    const job = await startJob(front, start, owner, front.victimTenant);
    if (job?.isTelling !== true) continue;
    trials.push(await attackJob(front, { start, job, owner, attacker }));
  }
  return trials;
}

async function attackJob(
  front: Front,
  {
    start,
    job,
    owner,
    attacker,
  }: { readonly start: Operation; readonly job: Job; readonly owner: Actor; readonly attacker: Actor },
): Promise<CrossTenantTrial> {
  const { operation } = job.read;
  const head = {
    operation: operation.id,
    action: 'read',
    slot: `path:${/\{(\w+)\}$/.exec(operation.path)?.[1] ?? 'id'}`,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: owner.id,
    objectType: `result of ${start.path}`,
  } as const;
  const first = await take(front, attacker, job);
  if (!first.leaks) {
    const home = await startJob(front, start, attacker, front.attackerTenant);
    const control = (one: Job | null, actor: Actor) => ({
      state: one?.isTelling === true ? ('able' as const) : ('unclear' as const),
      because: one ? `the result is ${outcomeOf(one.shown)}` : 'the work could not be started',
      exchanges: one ? exchangesOf(one.shown) : [],
      actor: actor.id,
    });
    const controls = { owner: control(job, owner), home: control(home, attacker) };
    const quiet = await quietVerdict(front.workshop, attacker, first.answer, controls);
    const seen = exchangesOf(job.shown, home?.shown ?? null, first.answer);
    return { ...head, ...quietParts(quiet, seen) };
  }
  const second = await startJob(front, start, owner, front.victimTenant);
  const again = second ? await take(front, attacker, second) : null;
  const exchanges = exchangesOf(job.shown, first.answer, again?.answer ?? null);
  if (again?.leaks !== true) {
    const because = 'the result of foreign work was shown once, but not a second time';
    return { ...head, ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, exchanges) };
  }
  return {
    ...head,
    verdict: 'leak',
    because: `${attacker.id} asked for the result of ${start.id}, which ${owner.id} had started (${outcomeOf(first.answer)}), and saw canaries of ${front.victimTenant} in it`,
    confirmations: 2,
    seenIn: 'body',
    exchanges,
    reproduce: null,
  };
}

/** Asks for the result of somebody else's work. */
async function take(
  { workshop, courier, victimTenant }: Front,
  attacker: Actor,
  { read }: Job,
): Promise<{ readonly answer: Delivery; readonly leaks: boolean }> {
  const purpose = `attack: ${attacker.id} asks for the result of foreign work`;
  const answer = await courier.send(asActor(attacker.id), { ...read, purpose });
  return { answer, leaks: showsOf(workshop, answer, victimTenant) };
}

const showsOf = ({ context }: Front['workshop'], answer: Delivery, tenant: string): boolean =>
  exchangesOf(answer)
    .flatMap((exchange) => context.leaks.inExchange(exchange))
    .some(({ ref }) => context.ledger.entry(ref).tenant === tenant);

/** Starts the work, and asks for its result until it shows something of the own tenant. */
async function startJob(
  { workshop, courier }: Front,
  start: Operation,
  actor: Actor,
  tenant: string,
): Promise<Job | null> {
  const { context, graph } = workshop;
  const values = workshop.scopeValues(start, tenant);
  const filled = fillCall(start, graph.boundSlots(start), values);
  const body = start.body ? encodedAs(start, workshop.body(start, 'create', actor.id, values).value) : null;
  if (filled.kind === 'unfilled' || (start.body && !body)) return null;
  const { url, headers } = filled;
  const entry = context.ledger.intend({
    operation: start.id,
    actor: actor.id,
    tenant,
    type: start.path,
    twin: 'throwaway',
    canaries: [],
    slots: filled.slots,
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  const purpose = `control: ${actor.id} starts work in the background`;
  const answer = await courier.send(asActor(actor.id), {
    operation: start,
    url,
    headers,
    body,
    effect: { kind: 'create', entry },
    purpose,
  });
  const found = answer.kind === 'answer' && isSuccess(answer) ? jobAt(workshop, answer) : null;
  if (!found) {
    context.ledger.notCreated(entry);
    return null;
  }
  const remove = found.removedBy;
  context.ledger.created(entry, {
    objectId: found.id,
    slots: { id: found.id },
    deleteUrl: remove ? found.url : null,
  });
  if (!remove)
    context.ledger.leftover(entry, 'work in the background leaves its result, which nothing removes');
  const read: Call = {
    operation: found.operation,
    url: found.url,
    headers,
    body: null,
    effect: noEffect,
    purpose: `control: ${actor.id} asks for the result of its own work`,
  };
  let shown = await courier.send(asActor(actor.id), read);
  for (let look = 1; look < looks && !showsOf(workshop, shown, tenant); look += 1) {
    await context.clock.sleep(250 * look);
    shown = await courier.send(asActor(actor.id), read);
  }
  return { read, shown, isTelling: showsOf(workshop, shown, tenant) };
}
