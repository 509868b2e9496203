import { describe, expect, it } from 'vitest';
import type { Subject } from '../model/finding.ts';
import { fingerprint } from './fingerprint.ts';

const base: Subject = {
  operation: 'GET /orgs/{org}/posts/{id}',
  relation: 'foreign member',
  variant: 'path:post',
};
const named = (subject: Subject, check = 'tenancy/read') => fingerprint(check, subject);

describe('the fingerprint', () => {
  it('is 16 hexadecimal characters and never changes from version to version', () => {
    expect(named(base)).toMatch(/^[0-9a-f]{16}$/);
    expect(named({ operation: 'GET /a' }, 'a/b')).toBe('70307fa471d03447');
  });

  it.each<[string, Subject, Subject]>([
    ['in a rescan', base, { ...base }],
    ['with renamed path parameters', base, { ...base, operation: 'GET /orgs/{orgSlug}/posts/{postId}' }],
    ['with parameters in the colon style', base, { ...base, operation: 'GET /orgs/:org/posts/:id' }],
    [
      'with an id where the parameter was',
      base,
      { ...base, operation: 'GET /orgs/7/posts/0b7c3f0e-5d7e-4a49-9c39-1f0a3a4f9b11' },
    ],
    ['with a query', base, { ...base, operation: 'GET /orgs/{org}/posts/{id}?full=1#top' }],
    ['on another port', { ...base, host: '127.0.0.1:3000' }, { ...base, host: 'localhost:4000' }],
    [
      'with the origin in the operation',
      base,
      { ...base, operation: 'get http://127.0.0.1:41234/orgs/{org}/posts/{id}' },
    ],
    [
      'with other ids in a record',
      { record: 'post 17 of 9f1c2a7e-1111-4222-8333-944455556666' },
      { record: 'post 18 of 0f1c2a7e-1111-4222-8333-944455556666' },
    ],
    ['with other canaries', { record: 'title lra1b2c3d4e5f6' }, { record: 'title lrz9y8x7w6v5u4' }],
    [
      'at another time',
      { record: 'backup of 2030-01-02T03:04:05Z' },
      { record: 'backup of 2031-12-22T23:14:15.123+02:00' },
    ],
    ['at another line of a file', { file: 'src/server.ts:120' }, { file: 'src/server.ts:98' }],
    [
      'with other long hexadecimal ids',
      { record: 'blob 507f1f77bcf86cd799439011' },
      { record: 'blob 607f1f77bcf86cd799439012' },
    ],
    ['with a session number in the cookie name', { cookie: 'sess_88123' }, { cookie: 'sess_77' }],
    ['with another case of the header name', { header: 'X-Frame-Options' }, { header: 'x-frame-options' }],
    [
      'with the origin of a link',
      { record: 'http://127.0.0.1:3000/reset' },
      { record: 'https://acme.test/reset' },
    ],
  ])('is the same %s', (_, one, other) => {
    expect(named(one)).toBe(named(other));
  });

  it.each<[string, Subject]>([
    ['operation', { ...base, operation: 'GET /orgs/{org}/comments/{id}' }],
    ['method', { ...base, operation: 'PUT /orgs/{org}/posts/{id}' }],
    ['depth of the path', { ...base, operation: 'GET /orgs/{org}/posts' }],
    ['relation', { ...base, relation: 'anonymous' }],
    ['variant', { ...base, variant: 'query:post' }],
    ['cookie', { ...base, cookie: 'sid' }],
    ['header', { ...base, header: 'sid' }],
    ['file', { ...base, file: 'sid' }],
    ['record', { ...base, record: 'sid' }],
  ])('differs for another %s', (_, other) => {
    expect(named(base)).not.toBe(named(other));
  });

  it('differs for another check', () => {
    expect(named(base, 'tenancy/read')).not.toBe(named(base, 'tenancy/list'));
  });

  it.each<[string, Subject, Subject]>([
    ['short numbers of a variant', { variant: 'tls1.0' }, { variant: 'tls1.1' }],
    ['numbers inside names', { file: 'src/v1/users.ts' }, { file: 'src/v2/users.ts' }],
    ['versions in a path', { operation: 'GET /v1/users' }, { operation: 'GET /v2/users' }],
    ['the same word in another place', { cookie: 'a', header: 'b' }, { cookie: 'b', header: 'a' }],
    ['words that run together', { relation: 'a', variant: 'bc' }, { relation: 'ab', variant: 'c' }],
  ])('keeps apart %s', (_, one, other) => {
    expect(named(one)).not.toBe(named(other));
  });
});
