import type { ExchangeId } from '@launch-ready/core';
import { attackCache } from './attack-cache.ts';
import type { ChangeAttack, SentChange } from './change-attack.ts';
import { exchangesOf, isSuccess } from './courier.ts';
import { isInFull, isRepresentative, type CrossTenantTrial, type Front, type Stage } from './front.ts';
import { isolated } from './isolated.ts';
import { changedBeyond, viewAsOwner, viewOf, type OwnerView } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { remarkOtherwise } from './remark-otherwise.ts';
import { readCall } from '../coverage/read-as.ts';
import { sendChange } from '../access/send-change.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

/** Whether an owner's later view of its object shows that somebody else was at it. */
const marksSeen = (view: OwnerView, sent: readonly SentChange[]): boolean =>
  sent.some(({ prepared }) => prepared.marks.some((mark) => view.text.includes(mark)));

/**
 * Sends every attack on one object of the owner and lets the owner look once. Only when the object is then gone or different
 * is each attack repeated alone, on fresh objects, to find the one that did it.
 */
export async function siege(
  front: Front,
  stage: Stage,
  attacks: readonly ChangeAttack[],
): Promise<readonly CrossTenantTrial[]> {
  const { workshop, courier } = front;
  const { victim, control } = stage;
  const aim = control ?? victim;
  if (attacks.length === 0) return [];
  const cached =
    isRepresentative(front, stage) &&
    aim.exposure === 'shared' &&
    (isInFull(front, stage) || saysKept(front, aim));
  const before = await viewBefore(front, aim, cached);
  const trials: CrossTenantTrial[] =
    before.present && cached ? [...(await attackCache(front, stage, aim))] : [];
  const sent: SentChange[] = [];
  for (const attack of attacks) {
    const one = await sendChange(front, attack, aim, before);
    if (one) sent.push(one);
  }
  if (sent.length === 0) return trials;
  const after = await viewAsOwner(workshop, courier, aim, 'the owner reads it after the attacks');
  front.views.set(aim.ref, after);
  const marked = marksSeen(after, sent);
  const suspicious =
    marked || (before.present && !after.present) || (await isChanged(front, aim, before, after));
  // What strangers wrote is now part of the object, so that its owner can still be seen to find it.
  const written = sent
    .flatMap(({ prepared }) => prepared.written)
    .filter(({ value }) => after.text.includes(value));
  if (written.length > 0) workshop.remark(aim.ref, written);
  for (const { prepared } of sent) remarkOtherwise(front, prepared, after);
  const views = [...before.exchanges, ...after.exchanges];
  const guilty = new Set<string>();
  for (const one of sent) {
    const { attack } = one;
    if (suspicious) {
      // One way in is enough for one operation and actor; other spellings matter only where the plain one failed.
      const way = `${attack.operation.id} ${attack.attacker.id}`;
      if (guilty.has(way)) continue;
      const trial = await isolated(front, stage, one);
      const isBad = trial.verdict !== 'safe' && trial.verdict !== 'inconclusive';
      if (isBad) guilty.add(way);
      if (isBad || !attack.silent) trials.push(trial);
      continue;
    }
    if (isSuccess(one.answer))
      front.pending.push({
        marks: one.prepared.marks,
        object: aim,
        settle: async () => [await isolated(front, stage, one)],
      });
    if (attack.silent) continue;
    const settle = (): Promise<CrossTenantTrial> => quietTrial(front, stage, one, { before, after }, views);
    // The control of a deletion uses up the object that was attacked, so it comes after everything else.
    if (attack.action === 'delete') front.open.push(settle);
    else trials.push(await settle());
  }
  return trials;
}

/**
 * What the owner saw of the object before the attacks; an earlier look will do, since what changed meanwhile is only looked at
 * more closely. Fresh where an answer to the owner must lie in a cache.
 */
function viewBefore({ workshop, courier }: Front, aim: PlantedObject, fresh: boolean): Promise<OwnerView> {
  const purpose = 'the owner reads it before the attacks';
  const { read } = aim.resource;
  const call = fresh || !read ? null : readCall({ workshop }, read, aim.values, purpose);
  const seen = call && workshop.seen.find(call.url, [aim.owner]);
  const view = seen && viewOf(seen.answer, workshop.objects.find(({ ref }) => ref === aim.ref) ?? aim, true);
  return view?.present === true ? Promise.resolve(view) : viewAsOwner(workshop, courier, aim, purpose);
}

/** Whether an answer to the owner says that something in between keeps it (RFC 9111): other kinds are kept like the first ones. */
function saysKept({ workshop }: Front, aim: PlantedObject): boolean {
  const { read } = aim.resource;
  const call = read && readCall({ workshop }, read, aim.values, 'kept');
  const answer = call && workshop.seen.find(call.url, [aim.owner])?.answer;
  if (!answer) return false;
  const rule = answer.header('cache-control') ?? '';
  const named = ['age', 'x-cache', 'cf-cache-status', 'x-cache-hits', 'cdn-cache-control'];
  return /\bpublic\b|s-maxage/i.test(rule) || named.some((name) => answer.header(name) !== null);
}

/** A difference that does not come back from one look to the next by itself. */
async function isChanged(
  { workshop, courier }: Front,
  aim: PlantedObject,
  before: OwnerView,
  after: OwnerView,
): Promise<boolean> {
  if (!before.present || !after.present || changedBeyond(before, after, []).length === 0) return false;
  const again = await viewAsOwner(
    workshop,
    courier,
    aim,
    'the owner reads it once more: what changes by itself',
  );
  return changedBeyond(before, after, changedBeyond(after, again, [])).length > 0;
}

async function quietTrial(
  front: Front,
  stage: Stage,
  { attack, answer }: SentChange,
  { before, after }: { readonly before: OwnerView; readonly after: OwnerView },
  views: readonly ExchangeId[],
): Promise<CrossTenantTrial> {
  const ownerSaw = before.present && after.present;
  const controls = ownerSaw ? await attack.controls() : null;
  const quiet = controls
    ? await quietVerdict(front.workshop, attack.attacker, answer, controls)
    : ({ verdict: 'inconclusive', because: 'the owner could not read its object before and after' } as const);
  const exchanges = [
    ...(controls?.owner.exchanges ?? []),
    ...(controls?.home?.exchanges ?? []),
    ...exchangesOf(answer),
    ...views,
  ];
  return { ...trialHead(stage, attack), ...quietParts(quiet, exchanges) };
}
