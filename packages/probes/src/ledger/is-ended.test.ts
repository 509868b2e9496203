import { describe, expect, it } from 'vitest';
import { isEnded } from './is-ended.ts';

describe('isEnded', () => {
  it.each([
    ['a state', { id: 'a1', status: 'revoked' }],
    ['a wrapped state', { data: { id: 'a1', state: 'cancelled' } }],
    ['a moment', { id: 'a1', deleted_at: '2026-01-01T00:00:00Z' }],
    ['a flag', { items: [{ id: 'a0' }, { id: 'a1', isDeleted: true }] }],
  ])('is shown by %s', (_, json) => {
    expect(isEnded(json, 'a1')).toBe(true);
  });

  it.each([
    ['a living record', { id: 'a1', status: 'open', deletedAt: null, archived: false }],
    [
      'an ended neighbour',
      {
        items: [
          { id: 'a0', status: 'revoked' },
          { id: 'a1', status: 'open' },
        ],
      },
    ],
    ['an ended child', { id: 'a1', status: 'open', invite: { id: 'b1', status: 'revoked' } }],
    ['another record', { id: 'a2', status: 'revoked' }],
    ['no record', 'gone'],
  ])('is not shown by %s', (_, json) => {
    expect(isEnded(json, 'a1')).toBe(false);
  });
});
