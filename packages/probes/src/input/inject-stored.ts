import type { ExchangeId, Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, noEffect } from '../cross-tenant/courier.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Answer, OutgoingBody } from '../transport/transport.ts';
import { bodyPlace } from './body-target.ts';
import type { InjectionDesk, InjectionTrial } from './injection-desk.ts';
import { storedEffectReproduction } from './injection-reproduction.ts';
import { runsAsScript } from './runs-as-script.ts';
import { intendLike, settleWritten } from './written-object.ts';

/** Products that nobody writes by chance. */
const sums = [
  { text: '1337*7331', product: '9801547' },
  { text: '1339*7333', product: '9818887' },
] as const;
const room = 220;

type Kind = 'template' | 'stored-script';

/**
 * Stores a text with the syntax of templates and with a script in an own object, and reads it as data and as a page. An effect
 * is a product that was never sent, or the script where a browser would run it; it is made twice.
 */
export async function tryStored(
  desk: InjectionDesk,
  object: PlantedObject,
): Promise<readonly InjectionTrial[]> {
  const { create } = object.resource;
  if (create === null) return [];
  const first = await store(desk, object, create, sums[0]);
  if (first === null) return [];
  const base = {
    operation: create.id,
    actor: object.owner,
    slot: `body /${first.field}`,
    reproduce: null,
  } as const;
  const kinds: readonly Kind[] = ['template', 'stored-script'];
  if (first.because !== null) {
    const { because, exchanges } = first;
    return kinds.map((kind) => ({ ...base, kind, verdict: 'inconclusive', because, exchanges }));
  }
  const suspects = kinds.filter((kind) => first.effects.has(kind));
  const second = suspects.length === 0 ? null : await store(desk, object, create, sums[1]);
  return kinds.map((kind): InjectionTrial => {
    const exchanges = [...first.exchanges, ...(second?.exchanges ?? [])];
    if (!first.effects.has(kind))
      return { ...base, kind, verdict: 'inert', because: 'the text came back as text', exchanges };
    const again = second?.effects.get(kind);
    if (!again || !second?.made)
      return { ...base, kind, verdict: 'inconclusive', because: 'it took effect once, then not', exchanges };
    return {
      ...base,
      kind,
      verdict: 'takes-effect',
      because:
        kind === 'template'
          ? `${again.operation.id} shows the product of a multiplication that was stored as text, twice`
          : `${again.operation.id} gives the stored text out as a page in which browsers run it, twice`,
      exchanges,
      reproduce: storedEffectReproduction(desk.workshop, second.made, again, {
        pattern: kind === 'template' ? sums[1].product : '<script>/\\*lr\\w+\\*/</script>',
        page: kind === 'stored-script',
      }),
    };
  });
}

interface View {
  readonly operation: Operation;
  readonly headers: readonly [string, string][];
}

interface Stored {
  readonly field: string;
  /** Why nothing was seen; null when it was. */
  readonly because: string | null;
  readonly made: PlantedObject | null;
  readonly effects: ReadonlyMap<Kind, View>;
  readonly exchanges: readonly ExchangeId[];
}

async function store(
  { workshop, courier }: InjectionDesk,
  object: PlantedObject,
  create: Operation,
  sum: (typeof sums)[number],
): Promise<Stored | null> {
  const { value, canaries } = workshop.body(create, 'create', object.owner, object.values);
  const { wrapper, fields } = bodyPlace(create, value);
  const field = fields
    .filter((one) => one.type === 'string' && !one.listed && one.format === null)
    .filter((one) => one.maxLength === null || one.maxLength >= room)
    .toSorted((a, b) => rank(b.name) - rank(a.name))[0];
  const marker = canaries.find((one) => one.pointer.split('/').at(-1) === field?.name)?.value;
  if (field === undefined || marker === undefined) return null;
  const text = `${marker} {{${sum.text}}} \${${sum.text}} #{${sum.text}} <%= ${sum.text} %> <script>/*${marker}*/</script>`;
  const inner = wrapper !== null && isJsonObject(value) ? value[wrapper] : value;
  const changed = { ...(isJsonObject(inner) ? inner : {}), [field.name]: text };
  const body: OutgoingBody = { kind: 'json', value: wrapper === null ? changed : { [wrapper]: changed } };
  const filled = fillCall(create, workshop.graph.boundSlots(create), object.values);
  if (filled.kind === 'unfilled') return null;
  const ref = intendLike(workshop, { object, create }, canaries);
  const { ledger } = workshop.context;
  const exchanges: ExchangeId[] = [];
  const call = {
    operation: create,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: { kind: 'create', entry: ref },
    purpose: 'a text with the syntax of templates and a script',
  } as const;
  const result = await courier.send(asActor(object.owner), call);
  exchanges.push(...exchangesOf(result));
  const none = { field: field.name, made: null, effects: new Map<Kind, View>() };
  if (result.kind !== 'answer') {
    if (result.kind === 'not-sent') ledger.notCreated(ref);
    else ledger.leftover(ref, 'a creating request got no answer');
    return { ...none, because: 'it was not answered', exchanges };
  }
  const written = await settleWritten(workshop, courier, { object, create }, { ref, answer: result, marker });
  exchanges.push(...written.exchanges);
  if (result.status >= 400 && written.exists !== 'yes') {
    // A refused text has no effect.
    const because =
      result.status < 500 && ![401, 429].includes(result.status) ? null : `status ${result.status}`;
    return { ...none, because, exchanges };
  }
  const { objectId } = ledger.entry(ref);
  const { read } = object.resource;
  if (objectId === null || read === null) return { ...none, because: 'its owner cannot read it', exchanges };
  const values = new Map(object.values).set(object.resource.referent, objectId);
  const made: PlantedObject = { ...object, ref, id: objectId, values, canaries, made: call, exchanges };
  const effects = new Map<Kind, View>();
  const page: [string, string][] = [['accept', 'text/html,*/*;q=0.1']];
  for (const headers of [page, []]) {
    const at = fillCall(read, workshop.graph.boundSlots(read), values);
    if (at.kind === 'unfilled') break;
    const shown = await courier.send(asActor(object.owner), {
      operation: read,
      url: at.url,
      headers: [...at.headers, ...headers],
      body: null,
      effect: noEffect,
      purpose: 'the owner reads the text',
    });
    exchanges.push(...exchangesOf(shown));
    if (shown.kind !== 'answer' || shown.status >= 300) continue;
    note(effects, shown, sum.product, `<script>/*${marker}*/</script>`, { operation: read, headers });
  }
  return { field: field.name, because: null, made, effects, exchanges };
}

function note(effects: Map<Kind, View>, answer: Answer, product: string, script: string, view: View): void {
  if (answer.text.includes(product)) effects.set('template', view);
  if (runsAsScript(answer, script)) effects.set('stored-script', view);
}

/** Long texts are what pages and mails are made of. */
const rank = (name: string): number =>
  /body|text|content|message|description|detail|comment|bio|note/i.test(name)
    ? 2
    : /title|name|subject/i.test(name)
      ? 1
      : 0;
