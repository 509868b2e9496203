import type { EvidenceMap, HeaderList } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { createCourier, exchangesOf, isSuccess, outcomeOf, type Courier } from '../access/courier.ts';
import { isJsonObject } from '../access/json-scalars.ts';
import type { PlantedObject } from '../access/planted-object.ts';
import { workshopOf, type Workshop } from '../access/workshop.ts';
import { requestReproduction } from '../reproduction/request-reproduction.ts';
import { freshControl } from '../input/fresh-control.ts';
import { intendLike, settleWritten } from '../input/written-object.ts';
import { defineProbe, type ProbeContext } from '../probe.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { cookieTravels } from './cookie-travels.ts';
import { seenCookies } from './seen-cookies.ts';
import { cookiePairs } from './partial-credential.ts';

type Csrf = EvidenceMap['csrf'];
type Trial = Csrf['trials'][number];
type Style = Trial['style'];

const id = 'browser-trust/csrf';
const mostOperations = 6;
const styles: readonly Style[] = ['form', 'multipart', 'text-plain', 'get'];

/** Sends creations as a hostile page can send them, with the cookie and without a preflight, and looks what came of it. */
export const csrf = defineProbe({
  id,
  title: 'Cross-site requests without a browser',
  provides: 'csrf',
  needs: ['logins', 'operations', 'planting', 'cookies', 'crossTenant', 'roleMatrix'],
  leastMode: 'standard',
  estimate: () => mostOperations * 14,
  async run(context) {
    const seen = context.evidence('cookies') ?? (await seenCookies(context));
    if ('because' in seen)
      return { status: 'missing', because: `which cookies authenticate is not known: ${seen.because}` };
    if (!seen.used)
      return { status: 'gathered', data: { cookieAuthentication: false, trials: [], notTested: [] } };
    const workshop = await workshopOf(context);
    const courier = createCourier(context, id);
    const trials: Trial[] = [];
    const notTested: { operation: string; because: string }[] = [];
    const tried = new Set<string>();
    for (const object of workshop.objects.filter((one) => one.twin !== 'throwaway')) {
      const create = object.resource.create;
      if (create === null || tried.has(create.id) || tried.size >= mostOperations) continue;
      if (context.sessions.current(object.owner).kind !== 'cookie') continue;
      tried.add(create.id);
      // The control: the same creation by the application's own page still works and is seen by its owner.
      const control = await freshControl(workshop, courier, object, 'same-origin control');
      if (control.kind === 'not-planted' || !control.object.ownerReads) {
        const because = control.kind === 'not-planted' ? control.because : 'its owner cannot read it back';
        notTested.push({ operation: create.id, because: `the same-origin control did not work: ${because}` });
        continue;
      }
      for (const style of styles)
        trials.push(await attack(context, workshop, courier, control.object, style, cookieTravels(seen)));
    }
    if (tried.size === 0)
      notTested.push({
        operation: '-',
        because: 'nothing could be planted by an actor that is authenticated by a cookie',
      });
    return { status: 'gathered', data: { cookieAuthentication: true, trials, notTested } };
  },
});

/** A page elsewhere sends the browser's cookies and what the browser says of it, but no header of the application's own. */
const hostileHeaders = (style: Style): HeaderList => [
  ['origin', 'https://launch-ready-stranger.test'],
  ['referer', 'https://launch-ready-stranger.test/'],
  ['sec-fetch-site', 'cross-site'],
  ['sec-fetch-mode', style === 'text-plain' ? 'no-cors' : 'navigate'],
  ['sec-fetch-dest', style === 'text-plain' ? 'empty' : 'document'],
];

async function attack(
  { sessions }: ProbeContext,
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  style: Style,
  travels: Trial['cookieTravels'],
): Promise<Trial> {
  const create = object.resource.create ?? object.made.operation;
  const base = {
    operation: create.id,
    actor: object.owner,
    style,
    cookieTravels: travels,
    reproduce: null,
  } as const;
  const unclear = (because: string): Trial => ({
    ...base,
    verdict: 'inconclusive',
    because,
    exchanges: object.exchanges,
  });
  const { value, canaries } = workshop.body(create, 'create', object.owner, object.values);
  const marker = canaries[0]?.value ?? null;
  const filled = fillCall(create, workshop.graph.boundSlots(create), object.values);
  if (filled.kind === 'unfilled' || marker === null) return unclear('no request with a marker could be made');
  const cookie = cookiePairs(sessions.current(object.owner).headers(filled.url))
    .map(([name, one]) => `${name}=${one}`)
    .join('; ');
  const sentTo = style === 'get' ? withQuery(filled.url, flatFields(value)) : filled.url;
  const body = style === 'get' ? null : hostileBody(style, value);
  const ref = intendLike(workshop, { object, create }, canaries);
  const result = await courier.send(
    { kind: 'credential', actor: object.owner, credential: null },
    {
      operation: style === 'get' ? { ...create, method: 'GET' } : create,
      url: sentTo,
      headers: [...hostileHeaders(style), ['cookie', cookie]],
      body,
      effect: { kind: 'create', entry: ref },
      purpose: `a page elsewhere sends this as ${style}`,
    },
  );
  if (result.kind !== 'answer') {
    if (result.kind === 'not-sent') workshop.context.ledger.notCreated(ref);
    else workshop.context.ledger.leftover(ref, 'a creating request got no answer');
    return unclear(outcomeOf(result));
  }
  // A GET that answers with a list names other objects: only the marker tells whether something was made.
  const answer = style === 'get' ? { ...result, json: () => undefined, header: () => null } : result;
  const written = await settleWritten(workshop, courier, { object, create }, { ref, answer, marker });
  const exchanges = [...exchangesOf(result), ...written.exchanges];
  if (written.exists === 'yes') {
    const shown = JSON.stringify(written.json ?? '')
      .toLowerCase()
      .includes(marker);
    // Without our values it may be an older object that the application answers with.
    if (!shown)
      return {
        ...base,
        verdict: 'inconclusive',
        because: `it was ${outcomeOf(result)} with an object that holds nothing of what was sent`,
        exchanges,
      };
    const because = `it was ${outcomeOf(result)}, and its owner then had a new object with the values of the page`;
    const made = workshop.context.ledger.entry(ref);
    const looksAt = made.listUrl ?? made.readUrl;
    const reproduce =
      looksAt === null
        ? null
        : requestReproduction({
            method: style === 'get' ? 'GET' : create.method,
            url: sentTo,
            headers: hostileHeaders(style),
            body,
            actor: object.owner,
            sign: { kind: 'marker', marker, looksAt: new URL(looksAt).pathname },
          });
    return { ...base, reproduce, verdict: 'changed', because, exchanges };
  }
  if (written.exists === 'unknown')
    return {
      ...base,
      verdict: 'inconclusive',
      because: `it was ${outcomeOf(result)}, and there is no list to see the effect in`,
      exchanges,
    };
  const alive = await sessions.isAlive(sessions.current(object.owner), id);
  if (!alive.alive)
    return {
      ...base,
      verdict: 'inconclusive',
      because: 'the session was no longer recognised afterwards',
      exchanges,
    };
  const because = isSuccess(result)
    ? `it was ${outcomeOf(result)}, and nothing was made`
    : `it was ${outcomeOf(result)}`;
  return { ...base, verdict: result.status === 429 ? 'inconclusive' : 'refused', because, exchanges };
}

function flatFields(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, string])[] => {
    if (isJsonObject(inner))
      return Object.entries(inner).map(([key, leaf]) => [`${name}[${key}]`, plain(leaf)] as const);
    return [[name, plain(inner)]];
  });
  return Object.fromEntries(entries);
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function hostileBody(style: Exclude<Style, 'get'>, value: unknown): OutgoingBody {
  if (style === 'text-plain')
    return { kind: 'text', text: JSON.stringify(value), contentType: 'text/plain;charset=UTF-8' };
  return { kind: style, fields: flatFields(value) };
}

function withQuery(url: string, fields: Readonly<Record<string, string>>): string {
  const made = new URL(url);
  for (const [name, value] of Object.entries(fields)) made.searchParams.set(name, value);
  return made.href;
}
