import type { ExchangeId } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import type { Spoilt } from '../access/spoilt-credentials.ts';
import { exchangesOf, outcomeOf, type Courier } from '../cross-tenant/courier.ts';
import { changedLeaves, viewAsOwner } from '../cross-tenant/owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { trialOf, type CoverageTrial } from './coverage-reads.ts';
import type { CoverageSubject } from './coverage-subject.ts';
import { sendSpoiltWrite, type Shot } from './spoilt-write.ts';

/** One kind of credential alone, on two fresh objects. */
export async function confirmWrite(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  one: Spoilt,
  fresh: () => Promise<PlantedObject | null>,
): Promise<CoverageTrial> {
  const exchanges: ExchangeId[] = [];
  let effects = 0;
  let last: { readonly object: PlantedObject; readonly shot: Shot } | null = null;
  for (let round = 1; round <= 2; round += 1) {
    const object = await fresh();
    if (!object)
      return trialOf(
        subject,
        one.kind,
        'inconclusive',
        'no throw-away could be made to confirm it',
        exchanges,
      );
    const first = await viewAsOwner(workshop, courier, object, 'confirm: the owner reads it before');
    const before = await viewAsOwner(
      workshop,
      courier,
      object,
      'confirm: the owner reads it once more before',
    );
    const shot = await sendSpoiltWrite(workshop, courier, subject, one, object);
    const after = await viewAsOwner(workshop, courier, object, 'confirm: the owner looks afterwards');
    exchanges.push(...exchangesOf(shot.answer), ...after.exchanges);
    const changed =
      shot.marks.some((mark) => after.text.includes(mark)) || changedLeaves(first, before, after).length > 0;
    if (!changed && !after.gone) {
      if (effects === 0 && after.present)
        return trialOf(
          subject,
          one.kind,
          'refused',
          `${outcomeOf(shot.answer)}, and its owner saw no change`,
          exchanges,
        );
      return trialOf(subject, one.kind, 'inconclusive', 'an effect was seen once, but not again', exchanges);
    }
    // A change may have replaced the canaries that the owner looked for: only what deletes leaves nothing behind.
    if (after.gone && shot.marks.length === 0) workshop.context.ledger.cleaned(object.ref);
    effects += 1;
    last = { object, shot };
  }
  const trial = trialOf(
    subject,
    one.kind,
    'changed',
    `${last ? outcomeOf(last.shot.answer) : ''}, and the owner then saw the effect on two objects in a row`,
    exchanges,
  );
  if (!last) return trial;
  const { object, shot } = last;
  const look = object.resource.read ?? object.resource.lists[0];
  const filled = look ? fillCall(look, workshop.graph.boundSlots(look), object.values) : null;
  if (!look || filled?.kind !== 'filled') return trial;
  return {
    ...trial,
    reproduce: reproductionOf(workshop, {
      proof: subject.operation.method === 'DELETE' ? 'gone' : 'changed',
      object,
      attacker: one.kind === 'none' ? 'anonymous' : `${subject.actor}.${one.kind}`,
      spoilt: one.kind,
      attack: { call: shot.call, values: object.values },
      attackMarks: shot.marks,
      ownerLooks: {
        call: { operation: look, url: filled.url, headers: filled.headers },
        values: object.values,
      },
      alive: null,
    }),
  };
}
