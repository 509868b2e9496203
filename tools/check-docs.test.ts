import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkDocs } from './check-docs.ts';

it('the page of checks says what the checks say (otherwise: npm run docs)', () => {
  expect(readFileSync(new URL('../docs/checks.md', import.meta.url), 'utf8')).toBe(checkDocs());
});
