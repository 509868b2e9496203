import { expect, test } from 'vitest';
import { discoverRecorded, idsOf, operationOf, slotOf } from '../testing/discover-recorded.ts';
import { har, saveJson, traffic } from '../testing/recorded-traffic.ts';
import { postmanCollection } from '../testing/postman-collection.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Projects' },
  paths: {
    '/api/projects/{id}': { get: { responses: { 200: { content: { 'application/json': {} } } } } },
    '/api/orgs/{org}/projects': { get: {}, post: { requestBody: { content: { 'application/json': {} } } } },
  },
};
test('a route written in three ways in three sources is one operation with all its slots', async () => {
  const { operations } = await discoverRecorded(
    (origin) => ({ har: [har(origin, traffic)], postman: [saveJson(postmanCollection(origin))] }),
    { '/openapi.json': document },
  );
  const read = operationOf(operations, 'GET /api/projects/{id}');
  expect(read.sources.map((source) => source.split(':')[0])).toEqual(['openapi', 'har', 'postman']);
  expect(read.slots.map(({ in: place, name }) => `${place} ${name}`)).toEqual(['path id', 'query expand']);
  expect(slotOf(read, 'id')?.refersTo).toMatchObject({
    operation: 'POST /api/orgs/{org}/projects',
    pointer: '/id',
  });
  expect(operationOf(operations, 'POST /api/orgs/{org}/projects').body?.schema).toMatchObject({
    properties: { name: {} },
  });
  expect(operationOf(operations, 'GET /api/projects/export').sources).toHaveLength(1);
  expect(idsOf(operations).filter((id) => id.startsWith('GET /api/projects/{'))).toHaveLength(1);
});

test('files that are no recordings are named', async () => {
  const { operations, documents } = await discoverRecorded(() => ({
    har: [saveJson({ a: 1 })],
    postman: [saveJson([])],
  }));
  expect(operations).toEqual([]);
  expect(documents.map(({ problems }) => problems[0])).toEqual([
    'it is not a HAR file',
    'it is not a Postman collection of format 2.0 or 2.1',
  ]);
});
