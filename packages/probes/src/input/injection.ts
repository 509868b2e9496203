import type { EvidenceMap, ExchangeId, Operation, Slot } from '@launch-ready/core';
import { createCourier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { workshopOf } from '../plant/workshop.ts';
import { defineProbe } from '../probe.ts';
import { requestReproduction } from '../reproduction/request-reproduction.ts';
import {
  numberConditions,
  operatorConditions,
  textConditions,
  unequalConditions,
  tryConditions,
  tryQuote,
} from './inject-conditions.ts';
import { tryStored } from './inject-stored.ts';
import {
  askWith,
  inPath,
  inQuery,
  markerNow,
  showsObject,
  type Injectable,
  type InjectionDesk,
  type InjectionTrial,
} from './injection-desk.ts';
import { runsAsScript } from './runs-as-script.ts';

const id = 'input/injection';
const mostRequests = 45;
const most = { searches: 3, ids: 3, files: 3, stored: 2 } as const;

const searchSlot =
  /^(q|query|search|s|term|terms|keywords?|text|filter|find|name|title|tag|category|subject|label)$/i;
const fileSlot =
  /^(file|filename|file_?name|path|file_?path|doc|template|include|folder|dir|directory|key|download|attachment|image|img)$/i;
const account = /root:[^:\n]*:0:0:/;

/**
 * Values with the syntax of SQL, of document queries, of templates, of HTML, of paths and of headers, in own searches and own
 * objects alone. None of them changes or removes anything, and none waits; only what took effect counts.
 */
export const injection = defineProbe({
  id,
  title: 'Values with the syntax of another language',
  provides: 'injection',
  needs: ['logins', 'operations', 'planting', 'crossTenant', 'roleMatrix', 'csrf'],
  leastMode: 'standard',
  estimate: () => mostRequests,
  async run(context) {
    const workshop = await workshopOf(context);
    const start = context.transport.requests.sent;
    const desk: InjectionDesk = {
      workshop,
      courier: createCourier(context, id),
      spent: () => context.transport.requests.sent - start >= mostRequests,
    };
    const trials: InjectionTrial[] = [];
    const notTested: NonNullable<EvidenceMap['injection']['notTested']>[number][] = [];
    const own = workshop.objects.filter((one) => one.ownerReads && one.origin === 'planted');
    const [any] = own;
    if (any === undefined)
      return {
        status: 'missing',
        because: 'nothing was planted that its owner can read, and nothing else is searched for',
      };

    const slots = context.operations.flatMap((operation) =>
      operation.method === 'GET'
        ? operation.slots.filter(({ in: place }) => place === 'query').map((slot) => ({ operation, slot }))
        : [],
    );
    for (const { operation, slot } of slots
      .filter((one) => searchSlot.test(one.slot.name) && isText(one.slot))
      .slice(0, most.searches)) {
      if (desk.spent()) break;
      trials.push(...(await trySearch(desk, operation, slot, own)));
    }
    const seen = new Set<string>();
    for (const object of own) {
      const { read } = object.resource;
      if (read === null || seen.has(read.id) || seen.size >= most.ids || desk.spent()) continue;
      seen.add(read.id);
      const place = inPath(desk, read, object);
      if (place === null) continue;
      const conditions = /^\d+$/.test(object.id) ? numberConditions : textConditions.slice(0, 1);
      trials.push(
        await tryConditions(desk, place, object.id, conditions),
        await tryQuote(desk, place, object.id),
      );
    }
    for (const { operation, slot } of slots
      .filter((one) => fileSlot.test(one.slot.name))
      .slice(0, most.files)) {
      if (desk.spent()) break;
      const object = own.find((one) => inQuery(desk, operation, one, slot) !== null);
      const place = object === undefined ? null : inQuery(desk, operation, object, slot);
      if (place !== null) trials.push(await tryFile(desk, place));
    }
    const created = new Set<string>();
    for (const object of own) {
      const { create } = object.resource;
      if (create === null || created.has(create.id) || created.size >= most.stored || desk.spent()) continue;
      if (create.body !== undefined && !/json/i.test(create.body.contentType)) continue;
      created.add(create.id);
      trials.push(...(await tryStored(desk, object)));
    }
    if (trials.length === 0)
      notTested.push({
        operation: '-',
        because: 'no search, no read by id and no text of an own object was there to try',
      });
    return { status: 'gathered', data: { trials, notTested } };
  },
});

const isText = ({ schema }: Slot): boolean =>
  schema === undefined || schema.type === undefined || schema.type === 'string' || Array.isArray(schema.type);

async function trySearch(
  desk: InjectionDesk,
  operation: Operation,
  slot: Slot,
  own: readonly PlantedObject[],
): Promise<readonly InjectionTrial[]> {
  const list: InjectionTrial[] = [];
  let place: Injectable | null = null;
  for (const object of own.slice(0, 6)) {
    const candidate = inQuery(desk, operation, object, slot);
    if (candidate === null) continue;
    const exchanges: ExchangeId[] = [];
    const marker = await markerNow(desk, object, exchanges);
    if (marker === null) continue;
    place ??= candidate;
    const plain = await askWith(desk, candidate, encodeURIComponent(marker), exchanges);
    if (!showsObject(plain, object, marker)) {
      // Another kind of object may be what is searched for; two tries are enough to tell.
      if (own.indexOf(object) >= 1) break;
      continue;
    }
    list.push(await tryConditions(desk, candidate, marker, textConditions));
    const byOperator = inQuery(desk, operation, object, slot, '[$regex]');
    if (byOperator !== null) list.push(await tryConditions(desk, byOperator, marker, operatorConditions));
    const byUnequal = inQuery(desk, operation, object, slot, '[$ne]');
    if (byUnequal !== null) list.push(await tryConditions(desk, byUnequal, marker, unequalConditions));
    place = candidate;
    break;
  }
  if (place === null) return list;
  list.push(await tryQuote(desk, place, 'lr'), ...(await tryEcho(desk, place)));
  return list;
}

/** A line break that begins a header, and a script, in what an answer may repeat. */
async function tryEcho(desk: InjectionDesk, place: Injectable): Promise<readonly InjectionTrial[]> {
  const exchanges: ExchangeId[] = [];
  const script = '<script>/*lr-echo*/</script>';
  const value = `lr\r\nlr-seen: yes\r\n${script}`;
  const base = {
    operation: place.operation.id,
    actor: place.object.owner,
    slot: place.slot,
    exchanges,
  } as const;
  const effects = { 'response-header': 0, 'reflected-script': 0 };
  let answered = 0;
  for (let time = 0; time < 2; time += 1) {
    const answer = await askWith(desk, place, encodeURIComponent(value), exchanges);
    if (answer === null || [401, 429].includes(answer.status)) continue;
    answered += 1;
    if (answer.header('lr-seen') !== null) effects['response-header'] += 1;
    if (runsAsScript(answer, script)) effects['reflected-script'] += 1;
    if (effects['response-header'] + effects['reflected-script'] === 0) break;
  }
  return (['response-header', 'reflected-script'] as const).map((kind): InjectionTrial => {
    if (effects[kind] < 2) {
      const verdict = answered === 0 || effects[kind] === 1 ? 'inconclusive' : 'inert';
      return {
        ...base,
        kind,
        verdict,
        because: 'the value was not repeated where it would take effect',
        reproduce: null,
      };
    }
    return {
      ...base,
      kind,
      verdict: 'takes-effect',
      because:
        kind === 'response-header'
          ? 'a line break in the value began a header of the answer, twice'
          : 'the value stands in a page where browsers run it as a script, twice',
      reproduce: requestReproduction({
        method: 'GET',
        url: place.urlWith(encodeURIComponent(value)),
        headers: place.headers,
        body: null,
        actor: place.object.owner,
        sign:
          kind === 'response-header'
            ? { kind: 'header', name: 'lr-seen' }
            : { kind: 'text', pattern: /<script>\/\*lr-echo\*\/<\/script>/, inPage: true },
      }),
    };
  });
}

/** The account file of Unix, which everybody on that server may read and nobody elsewhere should. */
async function tryFile(desk: InjectionDesk, place: Injectable): Promise<InjectionTrial> {
  const exchanges: ExchangeId[] = [];
  const base = {
    operation: place.operation.id,
    actor: place.object.owner,
    kind: 'file-path',
    slot: place.slot,
    exchanges,
  } as const;
  const paths = [`${'../'.repeat(9)}etc/passwd`, '/etc/passwd'];
  let answered = false;
  for (const path of paths) {
    const answer = await askWith(desk, place, encodeURIComponent(path), exchanges);
    answered ||= answer !== null && ![401, 429].includes(answer.status);
    if (answer === null || !account.test(answer.text)) continue;
    const again = await askWith(desk, place, encodeURIComponent(path), exchanges);
    if (again === null || !account.test(again.text)) continue;
    return {
      ...base,
      verdict: 'takes-effect',
      because: 'the answer holds lines of the account file of the server, twice',
      reproduce: requestReproduction({
        method: 'GET',
        url: place.urlWith(encodeURIComponent(path)),
        headers: place.headers,
        body: null,
        actor: place.object.owner,
        sign: { kind: 'text', pattern: account },
      }),
    };
  }
  const because = answered ? 'no file of the server came back' : 'no answer told anything';
  return { ...base, verdict: answered ? 'inert' : 'inconclusive', because, reproduce: null };
}
