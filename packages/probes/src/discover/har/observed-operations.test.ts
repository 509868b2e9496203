import { expect, test } from 'vitest';
import { discoverRecorded, idsOf, operationOf, slotOf } from '../../testing/discover-recorded.ts';
import { har, project, traffic } from '../../testing/recorded-traffic.ts';

test('operations are read from recorded traffic, with values as slots and words as they are', async () => {
  const { operations, documents } = await discoverRecorded((origin) => ({ har: [har(origin, traffic)] }));
  expect(idsOf(operations)).toEqual([
    'POST /api/auth/login',
    'GET /api/orgs',
    'GET /api/orgs/{tenant}/projects',
    'POST /api/orgs/{tenant}/projects',
    'GET /api/projects/{projectId}',
    'GET /api/projects/export',
    'GET /api/boards/{boardId}/cards',
    'GET /api/cards/{cardId}',
  ]);
  expect(documents.at(-1)).toMatchObject({
    source: expect.stringMatching(/^har: file-\d+\.json$/),
    problems: ['1 of its 14 entries are of other origins'],
  });
  const create = operationOf(operations, 'POST /api/orgs/{tenant}/projects');
  expect(create.body).toMatchObject({
    contentType: 'application/json',
    required: true,
    schema: {
      required: ['name', 'budget', 'visibility', 'ownerId'],
      properties: {
        name: { type: 'string' },
        budget: { type: 'integer' },
        visibility: { examples: ['private', 'public'] },
        due: { type: 'string', format: 'date' },
      },
    },
  });
  const list = operationOf(operations, 'GET /api/orgs/{tenant}/projects');
  expect(list.slots.map((one) => `${one.in} ${one.name} ${one.required}`)).toEqual([
    'path tenant true',
    'query limit false',
    'header x-org-id true',
  ]);
  expect(list.responses).toMatchObject([
    {
      status: '200',
      schema: { properties: { items: { items: { properties: { id: { format: 'uuid' } } } } } },
    },
  ]);
});

test('slots of recorded traffic say which answer their values came from', async () => {
  const { operations } = await discoverRecorded((origin) => ({ har: [har(origin, traffic)] }));
  const read = operationOf(operations, 'GET /api/projects/{projectId}');
  expect(slotOf(read, 'projectId')?.refersTo).toEqual({
    operation: 'POST /api/orgs/{tenant}/projects',
    pointer: '/id',
    inside: 'itself',
  });
  const create = operationOf(operations, 'POST /api/orgs/{tenant}/projects');
  expect(slotOf(create, '/ownerId')?.refersTo).toEqual({
    operation: 'POST /api/auth/login',
    pointer: '/user/id',
    inside: 'itself',
  });
  expect(slotOf(create, 'tenant')?.refersTo).toMatchObject({
    operation: 'GET /api/orgs',
    pointer: '/*/slug',
  });
  expect(slotOf(operationOf(operations, 'GET /api/cards/{cardId}'), 'cardId')?.refersTo).toEqual({
    operation: 'GET /api/boards/{boardId}/cards',
    pointer: '/cards/*/node',
    inside: 'base64',
  });
});

test('an id inside an address of an answer is traced', async () => {
  const { operations } = await discoverRecorded((origin) => ({
    har: [
      har(origin, [
        {
          send: 'POST /api/reports',
          body: { text: 'a' },
          answer: { report_link: 'https://x.test/mechanic/report?report_id=QWx8TT21ab' },
        },
        { send: 'GET /api/mechanic?report_id=QWx8TT21ab', answer: { text: 'a' } },
      ]),
    ],
  }));
  expect(slotOf(operationOf(operations, 'GET /api/mechanic'), 'report_id')).toMatchObject({
    required: true,
    refersTo: { operation: 'POST /api/reports', pointer: '/report_link', inside: 'url' },
  });
});

test('no secret and no text of a person is kept from recorded traffic', async () => {
  const found = await discoverRecorded((origin) => ({ har: [har(origin, traffic)] }));
  const text = JSON.stringify(found);
  for (const value of ['North-Secret-1', 'secret.token', 'ada@north.test', 'Apollo', 'Bearer', project])
    expect(text).not.toContain(value);
});
