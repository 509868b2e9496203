import { expect, test } from 'vitest';
import { objectIdsByMarker } from './object-ids.ts';

test.each([
  ['a usual key', { id: 'p1', title: 'lrmark' }, 'post', ['p1']],
  ['the field that the path is named after', { ref: 'north:7', title: 'lrmark' }, 'ref', ['north:7']],
  [
    'a usual key before the field of that name',
    { ref: 'r9', id: 'p1', title: 'lrmark' },
    'ref',
    ['p1', 'r9'],
  ],
  ['nothing where no field fits', { title: 'lrmark', colour: 'red' }, 'ref', []],
])('the id of an object is read from %s', (_, object, name, ids) => {
  expect(objectIdsByMarker(object, 'lrmark', 'posts', { name })).toEqual(ids);
});
