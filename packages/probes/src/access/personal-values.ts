import type { ActorId, Operation, Slot } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { jsonScalars, type JsonScalar } from '../plant/json-scalars.ts';
import { namedThing, singular } from './names.ts';
import { isSlot, segmentsOf } from './path-words.ts';
import { actorsOf } from './ranked-actors.ts';

/** What everybody may look at for good reasons, or what is found out in other ways. */
const others =
  /^(user|member|account|profile|person|people|author|customer|client|org|organi[sz]ation|tenant|workspace|company|team|community|shop|store|site|group|restaurant|session|token|)$/;

/** A slot at the end of what is known of a path, whose value nothing has told yet. */
interface OpenThing {
  readonly thing: string;
  readonly slot: Pick<Slot, 'refersTo'>;
}

/**
 * Things of which each account has one and whose ids it is told at its login alone, such as its basket, by thing and tenant. Each
 * tenant's first account logs in once more for it, when reads ask for such a thing; only what differs between all tenants counts.
 */
export async function learnPersonalValues(
  context: ProbeContext,
  known: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const open = openThings(context.operations, known);
  const learnt = new Map<string, ReadonlyMap<string, string>>();
  if (open.length === 0) return learnt;
  const told = new Map<string, Told>();
  for (const tenant of context.target.tenants) {
    const actor = actorsOf(context, tenant)[0];
    const answer = actor ? await loginAnswer(context, actor.id) : null;
    if (!answer) return learnt;
    told.set(tenant, answer);
  }
  for (const { thing, slot } of open) {
    const initials = open.filter((one) => one.thing[0] === thing[0]).length;
    const values = new Map(
      [...told].flatMap(([tenant, answer]): readonly (readonly [string, string])[] => {
        const value = valueIn(answer, thing, slot, initials === 1);
        return value === null ? [] : [[tenant, value]];
      }),
    );
    if (values.size > 1 && values.size === told.size && new Set(values.values()).size === values.size)
      learnt.set(thing, values);
  }
  return learnt;
}

function openThings(operations: readonly Operation[], known: ReadonlySet<string>): readonly OpenThing[] {
  const things = new Map<string, OpenThing>();
  const posted = new Set(
    operations.filter(({ method }) => method === 'POST').map(({ path }) => segmentsOf(path).join('/')),
  );
  for (const operation of operations) {
    const segments = segmentsOf(operation.path);
    const first = segments.findIndex(isSlot);
    if (operation.method !== 'GET' || first !== segments.length - 1 || segments.filter(isSlot).length !== 1)
      continue;
    const name = (segments[first] ?? '').slice(1, -1);
    const thing = namedThing(name) || singular((segments[first - 1] ?? '').toLowerCase());
    // What can be made is planted instead.
    if (others.test(thing) || known.has(thing) || posted.has(segments.slice(0, first).join('/'))) continue;
    const slot = operation.slots.find((one) => one.in === 'path' && one.name === name) ?? {};
    if (!things.has(thing)) things.set(thing, { thing, slot });
  }
  return [...things.values()];
}

/** What the login of an account answered. */
interface Told {
  readonly scalars: readonly JsonScalar[];
  readonly path: string;
}

async function loginAnswer({ sessions }: ProbeContext, actor: ActorId): Promise<Told | null> {
  const secret = sessions.secretOf(actor);
  const request = secret && sessions.loginRequest(secret);
  if (!request) return null;
  const answer = await sessions.sendWith(null, actor, {
    ...request,
    probe: 'access/plant',
    purpose: 'what the login tells the account of its own',
    effect: { kind: 'session' },
  });
  if (answer.kind !== 'answer' || answer.status >= 300) return null;
  return { scalars: jsonScalars(answer.json()), path: new URL(request.url).pathname };
}

/** The value in an answer: where a recording saw it travel from, else a field named after the thing or by its first letter. */
function valueIn(
  { scalars, path }: Told,
  thing: string,
  { refersTo }: OpenThing['slot'],
  isOnlyInitial: boolean,
): string | null {
  const ids = scalars.filter(
    ({ value }) => typeof value === 'number' || (typeof value === 'string' && value !== ''),
  );
  const seen =
    refersTo?.operation.endsWith(` ${path}`) === true
      ? ids.find(({ pointer }) => pointer === refersTo.pointer)
      : undefined;
  const named = ids.find(({ key, pointer }) => {
    const parent = pointer.split('/').at(-2) ?? '';
    return (
      (namedThing(key) === thing && /(id|uuid|key|slug)$/i.test(key)) ||
      (/^(_?id|uuid)$/i.test(key) && singular(parent.toLowerCase()) === thing)
    );
  });
  const short = isOnlyInitial
    ? ids.find(({ key }) => key.toLowerCase() === `${thing[0] ?? ''}id`)
    : undefined;
  const found = seen ?? named ?? short;
  return found === undefined ? null : String(found.value);
}
