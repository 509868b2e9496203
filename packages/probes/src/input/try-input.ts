import type { EvidenceMap, ExchangeId, Operation, Reproduction } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import {
  asActor,
  changes,
  exchangesOf,
  type Call,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import { encodeBody } from '../transport/encode-body.ts';
import type { Answer } from '../transport/transport.ts';
import type { BadBody } from './bad-bodies.ts';
import { disclosedInternals, patternOf } from './disclosed-internals.ts';
import { requestReproduction, type Sign } from '../reproduction/request-reproduction.ts';
import { saysNo } from './says-no.ts';
import { isKept } from './kept-value.ts';
import { storedReproduction } from './stored-reproduction.ts';
import { storedValues } from './stored-values.ts';
import { intendLike, read, settleWritten } from './written-object.ts';

export type InputTrial = EvidenceMap['inputHandling']['trials'][number];

const probe = 'input/input-handling';

/** Sends one bad body, twice when the server seems to fail over it, and looks what was kept. */
export async function tryInput(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  operation: Operation,
  bad: BadBody,
  canaries: PlantedObject['canaries'],
): Promise<InputTrial> {
  const { context, graph } = workshop;
  const isCreate = operation.id === object.resource.create?.id;
  const exchanges: ExchangeId[] = [];
  const base = {
    operation: operation.id,
    actor: object.owner,
    mutation: bad.mutation,
    field: bad.field,
  } as const;
  const filled = fillCall(operation, graph.boundSlots(operation), object.values);
  const repeat = (sign: Sign | null): Reproduction | null =>
    sign === null || filled.kind === 'unfilled'
      ? null
      : requestReproduction({
          operation,
          method: operation.method,
          url: filled.url,
          headers: filled.headers,
          body: bad.body,
          actor: object.owner,
          sign,
        });
  const end = (verdict: InputTrial['verdict'], because: string, answer: Answer | null): InputTrial => {
    const discloses = answer === null ? null : disclosedInternals(answer.text, sentTexts(bad));
    const pattern = discloses === null ? null : patternOf(discloses);
    const shown: Sign | null = pattern === null ? null : { kind: 'text', pattern };
    const reproduce =
      verdict === 'persisted'
        ? storedReproduction(workshop, { object, operation, bad, canaries })
        : repeat(verdict === 'crashed' ? { kind: 'crash' } : null);
    return {
      ...base,
      status: answer?.status ?? null,
      verdict,
      discloses,
      because,
      exchanges,
      reproduce,
      reproduceDisclosure: repeat(shown),
    };
  };
  if (filled.kind === 'unfilled')
    return end('inconclusive', `nothing is known to fill ${filled.slot} with`, null);

  const send = async (): Promise<{ readonly result: Delivery; readonly ref: LedgerRef | null }> => {
    const ref = isCreate ? intendLike(workshop, { object, create: operation }, canaries) : null;
    const call: Call = {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: bad.body,
      effect: ref === null ? changes(object.ref) : { kind: 'create', entry: ref },
      purpose: `bad input: ${bad.mutation}`,
    };
    const result = await courier.send(asActor(object.owner), call);
    exchanges.push(...exchangesOf(result));
    if (ref !== null && result.kind === 'not-sent') context.ledger.notCreated(ref);
    return { result, ref };
  };
  /** Enters into the ledger what the request may have made all the same. */
  const settle = async ({
    result,
    ref,
  }: Awaited<ReturnType<typeof send>>): Promise<{
    readonly exists: 'yes' | 'no' | 'unknown';
    readonly json: unknown;
  }> => {
    if (ref === null) {
      const own = await read(workshop, courier, object.resource, object.owner, object.values);
      exchanges.push(...own.exchanges);
      return { exists: own.json === undefined ? 'unknown' : 'yes', json: own.json };
    }
    if (result.kind !== 'answer') {
      if (result.kind === 'no-answer') context.ledger.leftover(ref, 'a creating request got no answer');
      return { exists: 'unknown', json: undefined };
    }
    const marker = canaries.find((one) => one.pointer.split('/').at(-1) !== bad.field)?.value ?? null;
    const written = await settleWritten(
      workshop,
      courier,
      { object, create: operation },
      { ref, answer: result, marker },
    );
    exchanges.push(...written.exchanges);
    return written;
  };

  const first = await send();
  if (first.result.kind === 'not-sent') return end('inconclusive', first.result.because, null);
  if (failure(first.result) !== null) {
    await settle(first);
    const second = await send();
    const again = second.result.kind === 'not-sent' ? null : failure(second.result);
    if (second.result.kind !== 'not-sent') await settle(second);
    const answer = first.result.kind === 'answer' ? first.result : null;
    if (again === null) return end('inconclusive', 'the failure did not repeat', answer);
    const { alive } = await context.sessions.isAlive(context.sessions.current(object.owner), probe);
    if (!alive) return end('inconclusive', 'the server was not well otherwise', answer);
    // Servers refuse what is too large by closing the connection while it is being sent, which looks like a crash.
    if (bad.mutation === 'oversized-body' && answer === null)
      return end('inconclusive', 'the connection was closed while the body was being sent', answer);
    return end('crashed', `twice ${again}, while other requests were answered`, answer);
  }
  if (first.result.kind === 'no-answer') {
    await settle(first);
    return end('inconclusive', first.result.because, null);
  }
  const answer = first.result;
  if (answer.status === 429 || answer.status === 401) {
    await settle(first);
    return end('inconclusive', `status ${answer.status} is not about the input`, answer);
  }
  if (answer.status >= 400) {
    if (first.ref !== null) context.ledger.notCreated(first.ref);
    return end('rejected', `status ${answer.status}`, answer);
  }
  const written = await settle(first);
  if (written.exists === 'no')
    return end('harmless', `answered ${answer.status}, and nothing was made`, answer);
  if (written.exists === 'unknown' || written.json === undefined) {
    if (saysNo(answer.text)) return end('harmless', `answered ${answer.status} with an error inside`, answer);
    return end('inconclusive', `answered ${answer.status}, and its owner cannot read what was kept`, answer);
  }
  const stored = bad.field === null ? [] : storedValues(written.json, bad.field);
  if (isKept(bad.kept, stored))
    return end('persisted', `answered ${answer.status}, and its owner reads ${described(stored)}`, answer);
  return end('harmless', `answered ${answer.status}, and the bad value was dropped or converted`, answer);
}

/** What makes a delivery look like a crash; null when it is an answer that a server gives on purpose. */
function failure(result: Exclude<Delivery, { kind: 'not-sent' }>): string | null {
  if (result.kind === 'no-answer')
    return result.cause === 'reset' || result.cause === 'refused' ? 'the connection was dropped' : null;
  if (result.status < 500 || result.status === 501) return null;
  return result.status === 503 && result.header('retry-after') !== null ? null : `status ${result.status}`;
}

const described = (stored: readonly unknown[]): string => {
  const [one] = stored;
  if (typeof one === 'string')
    return one.includes('\u0000') ? 'a NUL character' : `a text of ${one.length} characters`;
  return one === null ? 'null' : `a value of type ${Array.isArray(one) ? 'array' : typeof one}`;
};

/** Texts of the request that an answer may echo. */
function sentTexts(bad: BadBody): readonly string[] {
  const raw = new TextDecoder().decode(encodeBody(bad.body, 'launch-ready').bytes.subarray(0, 64 * 1024));
  const strings = [...raw.matchAll(/"((?:[^"\\]|\\.){6,400})"/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
  return [raw, ...strings];
}
