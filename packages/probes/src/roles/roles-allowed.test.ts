import { expect, test } from 'vitest';
import { rolesAllowed } from './roles-allowed.ts';

test('an operation is found in the matrix whatever its slots are called, and its own line goes first', () => {
  const allowed = {
    'GET /posts/{id}': ['everyone'],
    'PUT /posts/:id': ['admin'],
    'GET /posts/{postId}/notes': ['member'],
  };
  expect(rolesAllowed(allowed, { id: 'GET /posts/{postId}' })).toEqual(['everyone']);
  expect(rolesAllowed(allowed, { id: 'PUT /posts/{postId}' })).toEqual(['admin']);
  expect(rolesAllowed(allowed, { id: 'GET /posts/{x}/notes' })).toEqual(['member']);
  expect(rolesAllowed(allowed, { id: 'DELETE /posts/{postId}' })).toBeUndefined();
  expect(rolesAllowed({ ...allowed, 'GET /posts/{p}': ['admin'] }, { id: 'GET /posts/{p}' })).toEqual([
    'admin',
  ]);
});
