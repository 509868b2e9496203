import * as z from 'zod';
import { expect, test } from 'vitest';
import { stringValue, type FieldTools } from './field-value.ts';

const tools: FieldTools = {
  canary: () => 'lr7k2m9q4x8w3n5ab',
  shorten: (canary) => canary.slice(0, 13),
  digits: () => '123456789',
  below: () => 0,
  uuid: () => '7b0c2a44-6f0e-4b61-9a57-2f7d1f0d3c11',
  mailDomain: 'example.com',
};
const made = (schema: Parameters<typeof stringValue>[0], name: string): unknown =>
  stringValue(schema, name, `/${name}`, tools)?.value;

test.each([
  [{ type: 'string', format: 'uri' }, 'target'],
  [{ type: 'string', format: 'url', pattern: '^https://[a-z.-]+/[a-z0-9]+$' }, 'target'],
  [{ type: 'string', maxLength: 60 }, 'imageUrl'],
])('a link for %j is valid, marked, and leads nowhere when the application fetches it', (schema, name) => {
  const link = z.url({ protocol: /^https$/ }).parse(made(schema, name));
  expect(new URL(link).hostname).toMatch(/\.invalid$/);
  expect(link).toContain(tools.canary(''));
});

test('a made-up host name leads nowhere either', () =>
  expect(made({ type: 'string', format: 'hostname' }, 'server')).toMatch(/^[a-z-]+\.invalid$/));
