import { expect, test } from 'vitest';
import type { ObservedCall } from '../har/observed-call.ts';
import { recordedDocuments } from './recorded-documents.ts';

const said = (query: string, variables: unknown, data: unknown): ObservedCall => ({
  origin: 'https://desk.test',
  method: 'POST',
  segments: ['graphql'],
  query: [],
  headers: [],
  body: { contentType: 'application/json', value: { query, variables } },
  status: 200,
  answerType: 'application/json',
  answer: data === null ? { data: null, errors: [{ message: 'no' }] } : { data },
  location: null,
});
const plain: ObservedCall = { ...said('', {}, {}), segments: ['api', 'me'], method: 'GET', body: null };

test('documents of a recording become operations, with aliases, fragments and pages undone', () => {
  const fields = 'fragment shown on Ticket { id subject }';
  const { operations, rest } = recordedDocuments(
    [
      said(
        `mutation ($it: NewTicket!) { createTicket(input: $it) { ticket { ...shown } } } ${fields}`,
        { it: { subject: 'a', urgent: true } },
        { createTicket: { ticket: { id: 't1', subject: 'a' } } },
      ),
      said(
        `query ($id: ID!) { seen: ticket(id: $id) { ...shown } } ${fields}`,
        { id: 't1' },
        { seen: { id: 't1', subject: 'a' } },
      ),
      said('{ tickets { edges { node { id } } } }', {}, { tickets: { edges: [{ node: { id: 't1' } }] } }),
      said('mutation ($id: ID!) { deleteTicket(id: $id) }', { id: 't1' }, { deleteTicket: true }),
      said('{ refused { id } }', {}, null),
      plain,
    ],
    'har: day.har',
  );
  expect(operations.map(({ id }) => id).toSorted()).toEqual([
    'DELETE /graphql~/tickets/{id}',
    'GET /graphql~/tickets',
    'GET /graphql~/tickets/{id}',
    'POST /graphql~/tickets',
  ]);
  const create = operations.find(({ method }) => method === 'POST');
  expect(create?.body?.schema).toMatchObject({
    properties: { subject: { type: 'string' }, urgent: { type: 'boolean' } },
  });
  expect(create?.wire).toMatchObject({ field: 'createTicket', endpoint: '/graphql' });
  expect(rest).toEqual([plain]);
});
