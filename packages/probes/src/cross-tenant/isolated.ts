import type { ExchangeId } from '@launch-ready/core';
import { aliveUrl } from '../access/alive-url.ts';
import { ownerLooks } from './owner-looks.ts';
import { exchangesOf, outcomeOf } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { changedBeyond, viewAsOwner } from './owner-view.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { remarkOtherwise } from './remark-otherwise.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { reproductionOf, type Proof } from '../reproduction/object-reproduction.ts';
import type { SentChange } from './change-attack.ts';
import { sendChange } from '../access/send-change.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

interface Effect {
  readonly proof: Proof;
  readonly leaves: readonly string[];
  readonly object: PlantedObject;
  readonly sent: SentChange;
}

/** One attack alone, the whole chain on two fresh objects, with their twin alive after each. */
export async function isolated(front: Front, stage: Stage, first: SentChange): Promise<CrossTenantTrial> {
  const { workshop } = front;
  const { attack } = first;
  const exchanges: ExchangeId[] = [];
  const effects: Effect[] = [];
  let unchanged = false;
  let why = 'no fresh object could be made to confirm it';
  for (let round = 1; round <= 2; round += 1) {
    const seen = await oneRound(front, stage, first, effects.length > 0);
    exchanges.push(...seen.exchanges);
    unchanged = seen.unchanged;
    why = seen.because ?? why;
    if (!seen.effect) break;
    effects.push(seen.effect);
  }
  const head = trialHead(stage, attack);
  const last = effects.at(-1);
  if (effects.length < 2 || !last) {
    const because = effects.length === 1 ? 'the owner saw an effect once, but not on a second object' : why;
    const quiet =
      effects.length === 0 && unchanged
        ? await quietVerdict(workshop, attack.attacker, first.answer, await attack.controls())
        : ({ verdict: 'inconclusive', because } as const);
    return { ...head, ...quietParts(quiet, exchanges), confirmations: effects.length };
  }
  const { attacker } = attack;
  const answered = outcomeOf(last.sent.answer);
  return {
    ...head,
    verdict: attack.action === 'delete' ? 'delete' : 'write',
    because: becauseOf(last, attacker.id, stage, answered),
    confirmations: 2,
    seenIn: last.proof === 'gone' ? null : 'body',
    exchanges,
    // In a list the place of an object changes, so that a script could not tell one state from another.
    reproduce:
      last.proof === 'altered' && !stage.resource.read
        ? null
        : reproductionOf(workshop, {
            proof: last.proof,
            object: last.object,
            attacker: attacker.id,
            attack: { call: last.sent.prepared.call, values: last.sent.prepared.values },
            attackMarks: last.sent.prepared.marks,
            leaves: last.leaves,
            ownerLooks: ownerLooks(front, last.object, attack.operation),
            alive: aliveUrl(front, stage),
          }),
  };
}

function becauseOf(
  { proof, leaves, sent }: Effect,
  attacker: string,
  { resource, victim }: Stage,
  answered: string,
): string {
  const what = `${resource.type} of ${victim.owner}`;
  const how = `the request was ${answered}`;
  if (proof === 'changed')
    return `${attacker} changed ${what}: ${how}, and the owner then read what the attacker wrote`;
  if (proof === 'gone')
    return `${attacker} ${sent.attack.action === 'delete' ? 'deleted' : 'took away'} ${what}: ${how}, and the owner no longer found it, while its twin was untouched`;
  return `${attacker} changed the state of ${what}: ${how}, and the owner then saw it in another state (${leaves.slice(0, 3).join(', ')})`;
}

interface Round {
  readonly effect: Effect | null;
  /** The owner found its object as it was. */
  readonly unchanged: boolean;
  readonly because: string | null;
  readonly exchanges: readonly ExchangeId[];
}

async function oneRound(
  front: Front,
  stage: Stage,
  { attack }: SentChange,
  isSecond: boolean,
): Promise<Round> {
  const { workshop, courier } = front;
  const { victim, resource } = stage;
  const failed = (because: string | null, exchanges: readonly ExchangeId[] = []): Round => ({
    effect: null,
    unchanged: false,
    because,
    exchanges,
  });
  const fresh = await plantObject(workshop, courier, {
    resource,
    actor: victim.owner,
    tenant: victim.tenant,
    twin: 'throwaway',
    purpose: 'confirm',
    exposure: victim.exposure,
  });
  if (fresh.kind === 'not-planted' || !fresh.object.ownerReads) return failed(null);
  const { object } = fresh;
  const look = (purpose: string) => viewAsOwner(workshop, courier, object, purpose);
  const first = await look('confirm: the owner reads it');
  // What changes with time alone shows in the second round.
  if (isSecond) await workshop.context.clock.sleep(700);
  const before = await look('confirm: the owner reads it again');
  const sent = await sendChange(front, attack, object, before);
  if (!sent) return failed(null);
  const after = await look('confirm: the owner looks for it');
  const exchanges = [...object.exchanges, ...exchangesOf(sent.answer), ...after.exchanges];
  remarkOtherwise(front, sent.prepared, after);
  const marked = sent.prepared.marks.some((mark) => after.text.includes(mark));
  if (marked) {
    workshop.remark(
      object.ref,
      sent.prepared.written.filter(({ value }) => after.text.includes(value)),
    );
    return {
      effect: { proof: 'changed', leaves: [], object, sent },
      unchanged: false,
      because: null,
      exchanges,
    };
  }
  if (after.present) {
    const leaves = before.present ? changedBeyond(before, after, changedBeyond(first, before, [])) : [];
    if (leaves.length === 0) return { ...failed(null, exchanges), unchanged: before.present };
    return { effect: { proof: 'altered', leaves, object, sent }, unchanged: false, because: null, exchanges };
  }
  if (!after.gone) return failed('the owner could not read its object after the attack', exchanges);
  const health = await viewAsOwner(workshop, courier, victim, 'confirm: is the twin still there');
  const all = [...exchanges, ...health.exchanges];
  if (!health.present) return failed('its twin could not be read either', all);
  workshop.context.ledger.cleaned(object.ref);
  return {
    effect: { proof: 'gone', leaves: [], object, sent },
    unchanged: false,
    because: null,
    exchanges: all,
  };
}
