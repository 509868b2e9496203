import { expect, test } from 'vitest';
import { discoverRecorded, idsOf, operationOf } from '../../testing/discover-recorded.ts';
import { saveJson } from '../../testing/recorded-traffic.ts';
import { postmanCollection } from '../../testing/postman-collection.ts';

test('operations are read from a Postman collection', async () => {
  const found = await discoverRecorded((origin) => ({ postman: [saveJson(postmanCollection(origin))] }));
  expect(idsOf(found.operations)).toEqual([
    'GET /api/projects/{projectId}',
    'PATCH /api/projects/{project}',
    'POST /api/projects/{id}/picture',
    'POST /api/login',
    'GET /api/ping',
  ]);
  const rename = operationOf(found.operations, 'PATCH /api/projects/{project}');
  expect(rename).toMatchObject({ tags: ['Projects'], summary: 'Rename', declaredAuth: 'required' });
  expect(rename.slots.map(({ in: place, name }) => `${place} ${name}`)).toEqual([
    'path project',
    'header X-Workspace',
    'body /name',
    'body /position',
  ]);
  expect(operationOf(found.operations, 'POST /api/projects/{id}/picture').body).toMatchObject({
    contentType: 'multipart/form-data',
    schema: { properties: { file: { format: 'binary' } } },
  });
  expect(operationOf(found.operations, 'POST /api/login')).toMatchObject({
    declaredAuth: 'unstated',
    body: { contentType: 'application/x-www-form-urlencoded' },
  });
  expect(JSON.stringify(found)).not.toContain('Postman-Secret-1');
  expect(found.documents.at(-1)?.problems).toEqual(['PURGE of Old is not tested']);
});
