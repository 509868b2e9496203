import { expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { makeBody, type BodyRecipe, type BodyTools } from './body-recipe.ts';
import { createCanaryMint } from './canary.ts';
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
  ['Rails without a wrapper', { title: ["can't be blank"] }, '/title'],
  ['joi in another language', { title: 'title é obrigatório' }, '/title'],
  ['full messages of Rails', { errors: ["Due date can't be blank"] }, '/due_date'],
  ['Laravel', { message: 'Invalid.', errors: { title: ['The title field is required.'] } }, '/title'],
  ['Django REST', { title: ['This field is required.'] }, '/title'],
  ['nested Django REST', { address: { city: ['This field is required.'] } }, '/address/city'],
  ['formatted zod', { _errors: [], title: { _errors: ['Required'] } }, '/title'],
  ['a zod tree', { errors: [], properties: { title: { errors: ['Invalid input'] } } }, '/title'],
  ['printed zod', { error: '✖ Invalid input: expected string, received undefined\n  → at title' }, '/title'],
  ['a zod message', { error: '[{"code":"invalid_type","path":["title"],"message":"Required"}]' }, '/title'],
  [
    'ajv about what it does not know',
    {
      errors: [
        {
          instancePath: '',
          keyword: 'additionalProperties',
          params: { additionalProperty: 'title' },
          message: 'must NOT have additional properties',
        },
      ],
    },
    '/title',
  ],
] as const)('complaints of %s name the field', (_, answer, pointer) => {
  expect(readComplaints(answer).map((complaint) => complaint.pointer)).toContain(pointer);
});

const random = seededRandom(5);
const mint = createCanaryMint(random);
const tools: BodyTools = {
  canary: (pointer) => mint.mint('north.member', pointer),
  shorten: (canary) => mint.short(canary),
  digits: () => mint.digits(),
  below: (limit) => Math.floor(random.next() * limit),
  uuid: () => random.uuid(),
  mailDomain: 'example.com',
  reference: () => null,
};

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

const lengths = (message: string, sent: unknown): unknown => {
  const directive = repairRecipe(recipe, [{ pointer: '/title', message }], { title: sent })?.directives.get(
    '/title',
  );
  return directive?.kind === 'text' ? [directive.shape.minLength, directive.shape.maxLength] : directive;
};

test.each([
  ['title must be shorter than or equal to 80 characters', 0, 80],
  ['title must be longer than or equal to 30 characters', 30, 10_000],
  ['must NOT have more than 15 characters', 0, 15],
  ['must NOT have fewer than 40 characters', 40, 10_000],
  ['The title field must not be greater than 60 characters.', 0, 60],
  ['The title must be at least 40 characters.', 40, 10_000],
  ['Ensure this field has no more than 20 characters.', 0, 20],
  ['String should have at least 25 characters', 25, 10_000],
  ['Too big: expected string to have <=16 characters', 0, 16],
  ['is too long (maximum is 14 characters)', 0, 14],
])('a limit is read the right way round: %s', (message, least, most) => {
  expect(lengths(message, 'x')).toEqual([least, most]);
});

test('limits of several complaints about one text add up', () => {
  const repaired = repairRecipe(
    recipe,
    readComplaints({
      message: [
        'title must be shorter than or equal to 80 characters',
        'title must be longer than or equal to 3 characters',
        'title must be a string',
      ],
    }),
    {},
  );
  expect(repaired?.directives.get('/title')).toMatchObject({ shape: { minLength: 3, maxLength: 80 } });
});

test('a pattern that a refusal names is followed, with a canary where it has room for one', () => {
  const shape = { contentType: 'application/json', required: true };
  const repaired = repairRecipe(
    { ...recipe, shape },
    [
      { pointer: '/code', message: 'code must match /^INV-[a-z0-9]{13,20}$/ regular expression' },
      { pointer: '/zip', message: 'must match pattern "^[0-9]{5}$"' },
      { pointer: '/phone', message: 'must match pattern "^\\+[1-9][0-9]{9,13}$"' },
    ],
    { code: 'x', zip: 'x', phone: 'x' },
  );
  const made = makeBody(repaired ?? recipe, 'create', tools);
  expect(made.value).toMatchObject({
    code: expect.stringMatching(/^INV-lr/),
    zip: expect.stringMatching(/^\d{5}$/),
    phone: expect.stringMatching(/^\+12\d{9}$/),
  });
  expect(made.canaries.map(({ pointer }) => pointer)).toEqual(['/code', '/phone']);
});

test('files are made with a canary in their name and in their bytes, and of another kind when one is refused', () => {
  const shape = {
    contentType: 'multipart/form-data',
    required: true,
    schema: {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' }, note: { type: 'string' } },
      required: ['file'],
    },
  };
  const first = makeBody({ ...recipe, shape }, 'create', tools);
  expect(first.value).toMatchObject({ file: { as: 'text', contentType: 'text/plain' } });
  expect(first.canaries.map(({ pointer }) => pointer)).toEqual(['/file', '/note']);
  const repaired = repairRecipe(
    { ...recipe, shape },
    [{ pointer: '/file', message: 'only image files are allowed' }],
    first.value,
  );
  expect(repaired?.directives.get('/file')).toMatchObject({ kind: 'file' });
});

test('a missing wrapper is put around the whole body', () => {
  const complaints = readComplaints({ error: { message: 'Missing "data" payload in the request body' } });
  expect(
    repairRecipe(recipe, [...complaints, { pointer: '/data', message: 'data is required' }], { title: 'x' })
      ?.wrapper,
  ).toBe('data');
});

test('a field named `body` is told from the body itself', () => {
  const issue = { path: ['body'], message: 'Invalid input: expected string, received undefined' };
  const complaints = readComplaints({ message: 'title and body are needed', issues: [issue] });
  const repaired = repairRecipe({ shape: null, directives: new Map(), wrapper: null }, complaints, {
    title: 'a',
  });
  expect([...(repaired?.directives.keys() ?? [])]).toContain('/body');
  expect([...(repaired?.directives.keys() ?? [])]).not.toContain('/path');
  const whole = readComplaints({ issues: [{ path: ['body'], message: 'must be an object' }] });
  expect(
    repairRecipe({ shape: null, directives: new Map(), wrapper: null }, whole, { title: 'a' }),
  ).toBeNull();
});

test('nothing learnt is nothing repaired', () => {
  expect(repairRecipe(recipe, [], {})).toBeNull();
});

test('a field that is asked for is sent as the document describes it, not as a text', () => {
  const shape = {
    contentType: 'application/json',
    required: true,
    schema: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        price: { type: 'integer' },
        active: { type: 'string', enum: ['true', 'false'] },
      },
    },
  };
  const recipe: BodyRecipe = { shape, directives: new Map(), wrapper: null };
  const answer = { price: 'price é obrigatório', active: 'active é obrigatório' };
  const repaired = repairRecipe(recipe, readComplaints(answer), { name: 'x' });
  expect(repaired && makeBody(repaired, 'update', tools).value).toMatchObject({
    price: expect.any(Number),
    active: 'true',
  });
});
