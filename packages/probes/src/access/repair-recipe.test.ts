import { expect, test } from 'vitest';
import type { BodyRecipe } from './body-recipe.ts';
import { readComplaints } from './complaints.ts';
import { repairRecipe } from './repair-recipe.ts';

test.each([
  ['zod', { error: { issues: [{ code: 'invalid_type', path: ['title'], message: 'Required' }] } }, '/title'],
  ['flattened zod', { errors: { fieldErrors: { title: ['Required'] } } }, '/title'],
  [
    'Fastify',
    { statusCode: 400, code: 'FST_ERR_VALIDATION', message: "body must have required property 'title'" },
    '/title',
  ],
  [
    'ajv',
    {
      errors: [
        {
          instancePath: '',
          keyword: 'required',
          params: { missingProperty: 'title' },
          message: 'is required',
        },
      ],
    },
    '/title',
  ],
  [
    'class-validator',
    { statusCode: 400, message: ['title should not be empty'], error: 'Bad Request' },
    '/title',
  ],
  ['FastAPI', { detail: [{ type: 'missing', loc: ['body', 'title'], msg: 'Field required' }] }, '/title'],
  [
    'Strapi',
    { error: { status: 400, details: { errors: [{ path: ['title'], message: 'title must be defined' }] } } },
    '/title',
  ],
  [
    'Directus',
    { errors: [{ message: 'Value is required', extensions: { field: 'title', code: 'FAILED_VALIDATION' } }] },
    '/title',
  ],
  ['Rails', { errors: { title: ["can't be blank"] } }, '/title'],
] as const)('complaints of %s name the field', (_, answer, pointer) => {
  expect(readComplaints(answer).map((complaint) => complaint.pointer)).toContain(pointer);
});

const recipe: BodyRecipe = { shape: null, directives: new Map(), wrapper: null };

test('a missing field is added, an unknown one dropped, a choice taken from those offered', () => {
  const repaired = repairRecipe(
    recipe,
    [
      { pointer: '/title', message: 'Required' },
      { pointer: '/extra', message: 'property extra should not exist' },
      { pointer: '/kind', message: "Invalid enum value. Expected one of 'note' | 'task'" },
    ],
    { extra: 'x', kind: 'y' },
  );
  expect(repaired?.directives.get('/title')?.kind).toBe('text');
  expect(repaired?.directives.get('/extra')).toEqual({ kind: 'drop' });
  expect(repaired?.directives.get('/kind')).toEqual({ kind: 'fixed', value: 'note' });
});

test('a missing wrapper is put around the whole body', () => {
  const complaints = readComplaints({ error: { message: 'Missing "data" payload in the request body' } });
  expect(
    repairRecipe(recipe, [...complaints, { pointer: '/data', message: 'data is required' }], { title: 'x' })
      ?.wrapper,
  ).toBe('data');
});

test('nothing learnt is nothing repaired', () => {
  expect(repairRecipe(recipe, [], {})).toBeNull();
});
