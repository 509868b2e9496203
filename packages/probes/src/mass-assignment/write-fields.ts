import type { ActorId, ExchangeId } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { asActor, changes, exchangesOf, isSuccess, noEffect, outcomeOf } from '../cross-tenant/courier.ts';
import { smallestObjectWith } from '../access/object-ids.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject, PlantResult } from '../plant/planted-object.ts';
import { unlistedKey } from './hidden-fields.ts';
import { injectInto, merged, only, type Extra } from './injected-write.ts';
import { readObject } from './read-object.ts';
import type { MassSubject } from './try-operation.ts';

/** What one write did: the fields it carried, and the object as it was read afterwards. */
export interface Written {
  /** What a write carried that was accepted. */
  readonly accepted: Extra;
  /** Fields that a refusal spoke of, or that were refused alone. */
  readonly named: ReadonlySet<string>;
  /** The same write without any further field is accepted. */
  readonly works: boolean;
  readonly object: PlantedObject | null;
  readonly read: Readonly<Record<string, unknown>> | null;
  /** Who read it: the owner, or somebody else when the owner no longer could. */
  readonly reader: ActorId | null;
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** Requests that write to one object: the first with everything, the others after a refusal with less. */
const mostWrites = 5;

/**
 * Makes an object and writes these fields into it, in the request that makes it or in one that changes it, and reads it as its
 * owner, whatever the write was answered.
 *
 * @param first the fields to go on with after a refusal that names none
 * @param spare an object that a change may be written to in place of a new one
 */
export async function writeFields(
  subject: MassSubject,
  extra: Extra,
  first: readonly string[],
  spare: PlantedObject | null = null,
): Promise<Written> {
  const { model, operation, workshop, courier } = subject;
  const isCreate = model.resource.create === operation;
  const injection = isCreate ? injectInto(workshop, operation.id, extra, first) : null;
  const made: PlantResult =
    spare !== null && !isCreate
      ? { kind: 'planted', object: { ...spare, exchanges: [] } }
      : await plantObject(injection?.workshop ?? workshop, courier, {
          resource: model.resource,
          actor: model.owner,
          tenant: model.tenant,
          twin: 'throwaway',
          purpose: 'mass assignment',
        });
  const none = { object: null, read: null, reader: null };
  const exchanges: ExchangeId[] = [...(made.kind === 'planted' ? made.object.exchanges : made.exchanges)];
  const strayed = async (): Promise<Written['read']> => {
    const marks = injection?.refusedMarks() ?? [];
    const all = made.kind === 'planted' ? marks : [...marks, ...(injection?.lastMarks() ?? [])];
    return all.length === 0 ? null : findRefused(subject, all, exchanges);
  };
  if (made.kind === 'not-planted') {
    // The same body without these fields is accepted: the model was made with it.
    const works = isCreate && exchanges.length > 0 && Object.keys(extra).length > 0;
    const read = works ? await strayed() : null;
    const { because } = made;
    const reader = read === null ? null : model.owner;
    const named = new Set(Object.keys(extra).length === 1 ? Object.keys(extra) : (injection?.named() ?? []));
    return {
      ...none,
      accepted: isCreate ? {} : extra,
      named,
      works,
      read,
      reader,
      because: `it was refused: ${because}`,
      exchanges,
    };
  }
  const { object } = made;
  if (injection) {
    const accepted = injection.sent();
    const isWhole = Object.keys(accepted).length === Object.keys(extra).length;
    const read = isWhole ? null : await strayed();
    const because = isWhole ? 'it was accepted' : 'the write was refused with these fields in it';
    const seen = await seek(subject, object, false);
    exchanges.push(...seen.exchanges);
    const alone = Object.keys(extra).length === 1 && !isWhole ? Object.keys(extra) : [];
    const named = new Set([...injection.named(), ...alone]);
    const mixed = read === null ? seen.read : { ...seen.read, ...read };
    return { accepted, named, works: true, object, read: mixed, reader: seen.reader, because, exchanges };
  }
  const done = await update(subject, object, extra, first);
  const seen = await seek(subject, object, true);
  return { object, ...seen, ...done, exchanges: [...exchanges, ...done.exchanges, ...seen.exchanges] };
}

async function update(
  { workshop, courier, operation }: MassSubject,
  object: PlantedObject,
  extra: Extra,
  first: readonly string[],
): Promise<Pick<Written, 'accepted' | 'named' | 'works' | 'because' | 'exchanges'>> {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  const named = new Set<string>();
  const exchanges: ExchangeId[] = [];
  if (filled.kind === 'unfilled')
    return { accepted: {}, named, works: false, because: 'its path cannot be filled', exchanges };
  const send = async (fields: Extra) => {
    const made = workshop.body(operation, 'update', object.owner, object.values);
    const body = encodedAs(operation, merged(made.value, fields));
    if (!body) return null;
    workshop.remark(object.ref, made.canaries);
    const answer = await courier.send(asActor(object.owner), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body,
      effect: changes(object.ref),
      purpose: 'mass assignment: a change with fields that do not belong there',
    });
    exchanges.push(...exchangesOf(answer));
    return answer;
  };
  let because = '';
  const accepted: Record<string, unknown> = {};
  const queue: Extra[] = [extra];
  let works = workshop.capabilities.get(`${operation.id} ${object.owner}`)?.state === 'able';
  for (let round = 0; round < mostWrites; round += 1) {
    const next = queue.shift();
    if (!next) break;
    const answer = await send(next);
    if (!answer)
      return { accepted: {}, named, works: false, because: 'bodies of its type are not made', exchanges };
    because = `the write was ${outcomeOf(answer)}`;
    const names = Object.keys(next);
    if (isSuccess(answer)) {
      works = true;
      Object.assign(accepted, next);
      continue;
    }
    const text = answer.kind === 'answer' ? answer.text : '';
    const spoken = names.filter((name) => text.includes(name));
    for (const name of names.length === 1 ? names : spoken) named.add(name);
    const rest = Object.fromEntries(Object.entries(next).filter(([name]) => !spoken.includes(name)));
    if (names.length < 2 || Object.keys(rest).length === 0) continue;
    if (spoken.length > 0) queue.push(rest);
    else if (unlistedKey in next) queue.push(only(next, first));
    else queue.push(...Object.entries(next).map(([name, value]) => ({ [name]: value })));
  }
  // A refusal says something of the fields only when the change works without them.
  if (!works) {
    const plain = await send({});
    works = plain !== null && isSuccess(plain);
  }
  return { accepted, named, works, because, exchanges };
}

/** The owner looks first, then those to whom the object may have gone. */
async function seek(
  { workshop, courier, others, candidates, overseer }: MassSubject,
  object: PlantedObject,
  fresh: boolean,
): Promise<Pick<Written, 'read' | 'reader' | 'exchanges'>> {
  const own = await readObject(workshop, courier, object, object.owner, fresh);
  const exchanges = [...own.exchanges];
  if (own.object) {
    const more = overseer === null ? null : await readObject(workshop, courier, object, overseer, true);
    exchanges.push(...(more?.exchanges ?? []));
    return { read: { ...more?.object, ...own.object }, reader: object.owner, exchanges };
  }
  if (!candidates.some(({ kind }) => kind === 'tenant' || kind === 'owner'))
    return { read: null, reader: null, exchanges };
  for (const other of others) {
    const found = await readObject(workshop, courier, object, other, true);
    exchanges.push(...found.exchanges);
    if (found.object) return { read: found.object, reader: other, exchanges };
  }
  return { read: null, reader: null, exchanges };
}

/** An object that was made by a request that was refused; null when its owner finds none in a list. */
async function findRefused(
  { workshop, courier, model }: MassSubject,
  marks: readonly string[],
  exchanges: ExchangeId[],
): Promise<Written['read']> {
  const [list] = model.resource.lists;
  const filled = list ? fillCall(list, workshop.graph.boundSlots(list), model.values) : null;
  if (!list || filled?.kind !== 'filled') return null;
  const answer = await courier.send(asActor(model.owner), {
    operation: list,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose: 'mass assignment: was anything made by the request that was refused',
  });
  exchanges.push(...exchangesOf(answer));
  if (answer.kind !== 'answer' || !isSuccess(answer)) return null;
  for (const mark of marks) {
    const found = smallestObjectWith(answer.json(), mark);
    if (found) return found;
  }
  return null;
}
