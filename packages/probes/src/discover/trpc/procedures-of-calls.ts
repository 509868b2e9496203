import type { Operation } from '@launch-ready/core';
import { isRecord, parsedJson } from '../../wires/remote-values.ts';
import type { ObservedCall } from '../har/observed-call.ts';
import { observedSchema } from '../har/observed-schema.ts';
import { operationsOfProcedures, type Procedure } from './operations-of-procedures.ts';

interface SeenProcedure {
  readonly endpoint: string;
  readonly origin: string;
  readonly path: string;
  readonly call: 'query' | 'mutation';
  /** Undefined when it was called without any. */
  readonly input: unknown;
  readonly wrapped: boolean;
  readonly worked: boolean;
}

/** Operations of the tRPC procedures that were called in a recording, also several in one request, and the calls that are none. */
export function recordedProcedures(
  calls: readonly ObservedCall[],
  source: string,
): { readonly operations: readonly Operation[]; readonly rest: readonly ObservedCall[] } {
  const rest: ObservedCall[] = [];
  const seen: SeenProcedure[] = [];
  for (const call of calls) {
    const found = proceduresIn(call);
    if (found.length === 0) rest.push(call);
    else seen.push(...found);
  }
  const places = Map.groupBy(seen, ({ origin, endpoint }) => `${origin} ${endpoint}`);
  const operations = [...places.values()].flatMap((all): readonly Operation[] => {
    const [first] = all;
    if (!first) return [];
    const byPath = Map.groupBy(all, ({ path }) => path);
    const procedures = [...byPath].flatMap(([path, these]): readonly Procedure[] => {
      const worked = these.filter((one) => one.worked);
      const [one] = worked;
      if (!one) return [];
      const given = worked.flatMap(({ input }) => (input === undefined || input === null ? [] : [input]));
      const input = given.length === 0 ? { type: 'object', properties: {} } : observedSchema(given);
      return [{ path, call: one.call, input }];
    });
    return operationsOfProcedures(procedures, {
      origin: first.origin,
      endpoint: first.endpoint,
      transformer: all.some(({ wrapped }) => wrapped) ? 'superjson' : 'none',
      source,
    }).operations;
  });
  return { operations, rest };
}

function proceduresIn(call: ObservedCall): readonly SeenProcedure[] {
  const names = (call.segments.at(-1) ?? '').split(',');
  const batched = call.query.some(([name, value]) => name === 'batch' && value === '1');
  const answers: readonly unknown[] = Array.isArray(call.answer) ? call.answer : [call.answer];
  const isAnswered = answers.length === names.length && answers.every(isEnvelope);
  if (!isAnswered || !names.every((name) => /^\w+(\.\w+)*$/.test(name))) return [];
  if (call.method !== 'GET' && call.method !== 'POST') return [];
  const text = call.query.find(([name]) => name === 'input')?.[1];
  const sent = call.method === 'GET' ? parsedJson(text ?? 'null') : call.body?.value;
  return names.map((path, index): SeenProcedure => {
    const one = batched ? (isRecord(sent) ? sent[String(index)] : undefined) : sent;
    const answer = answers[index];
    const wrapped = isWrapped(one) || (isRecord(answer) && isWrappedAnswer(answer));
    return {
      origin: call.origin,
      endpoint: `/${call.segments.slice(0, -1).join('/')}`,
      path,
      call: call.method === 'GET' ? 'query' : 'mutation',
      input: wrapped && isRecord(one) ? one['json'] : one,
      wrapped,
      worked: isRecord(answer) && 'result' in answer,
    };
  });
}

/** What tRPC answers with: the data of a result, or an error with a code of its own (JSON-RPC 2.0 style). */
function isEnvelope(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (isRecord(value['result']))
    return 'data' in value['result'] || Object.keys(value['result']).length === 0;
  const error = value['error'];
  const inner = isRecord(error) && isRecord(error['json']) ? error['json'] : error;
  return isRecord(inner) && typeof inner['code'] === 'number' && isRecord(inner['data']);
}

const isWrapped = (value: unknown): boolean =>
  isRecord(value) && 'json' in value && Object.keys(value).every((key) => key === 'json' || key === 'meta');

const isWrappedAnswer = (answer: Readonly<Record<string, unknown>>): boolean =>
  isRecord(answer['result']) ? isWrapped(answer['result']['data']) : isWrapped(answer['error']);
