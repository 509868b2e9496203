import { expect, test } from 'vitest';
import { spoken } from '../../wires/spoken.ts';
import type { ObservedCall } from '../har/observed-call.ts';
import { recordedProcedures } from './procedures-of-calls.ts';

const call = (
  method: 'GET' | 'POST',
  path: string,
  given: { readonly input?: unknown; readonly batch?: boolean; readonly answer: unknown },
): ObservedCall => ({
  origin: 'http://app.test',
  method,
  segments: path.split('/').filter((part) => part !== ''),
  query: [
    ...(given.batch ? [['batch', '1'] as const] : []),
    ...(method === 'GET' && given.input !== undefined
      ? [['input', JSON.stringify(given.input)] as const]
      : []),
  ],
  headers: [],
  body: method === 'POST' ? { contentType: 'application/json', value: given.input } : null,
  status: 200,
  answerType: 'application/json',
  answer: given.answer,
  location: null,
});
const data = (json: unknown): object => ({ result: { data: { json } } });

test('procedures are taken out of recorded calls, several in one request and with superjson, and are spoken in the same way', () => {
  const other = call('GET', '/api/health', { answer: { ok: true } });
  const { operations, rest } = recordedProcedures(
    [
      other,
      call('GET', '/api/trpc/project.list,project.byId', {
        batch: true,
        input: { 0: { json: null }, 1: { json: { id: 'p-1' } } },
        answer: [data([]), data({ id: 'p-1' })],
      }),
      call('POST', '/api/trpc/project.update', {
        input: { json: { id: 'p-1', title: 'Spring' } },
        answer: data({ id: 'p-1', title: 'Spring' }),
      }),
    ],
    'har: traffic.har',
  );
  expect(rest).toEqual([other]);
  expect(operations.map(({ id }) => id)).toEqual([
    'GET /api/trpc~/projects',
    'GET /api/trpc~/projects/{id}',
    'PATCH /api/trpc~/projects/{id}',
  ]);
  const update = operations[2];
  const said = spoken(update, {
    method: 'PATCH',
    url: 'http://app.test/api/trpc~/projects/p-2',
    headers: [],
    body: { kind: 'json', value: { title: 'Autumn' } },
  });
  expect(said).toMatchObject({
    kind: 'spoken',
    request: {
      method: 'POST',
      url: 'http://app.test/api/trpc/project.update',
      body: { kind: 'json', value: { json: { id: 'p-2', title: 'Autumn' } } },
    },
  });
});
