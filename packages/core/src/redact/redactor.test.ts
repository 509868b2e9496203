import { describe, expect, it } from 'vitest';
import { createRedactor } from './redactor.ts';

/** An encoder that is not ours. Node's types are kept out of this package so that its sources cannot lean on Node. */
declare const Buffer: {
  from(text: string, encoding?: 'base64'): { toString(encoding?: 'base64' | 'base64url'): string };
};

const key = 'a key of thirty-two letters, yes';
const make = (...secrets: readonly string[]) => {
  const redactor = createRedactor({ key });
  for (const secret of secrets) redactor.addSecret(secret);
  return redactor;
};
const tag = /\[redacted:[0-9a-f]{8}\]/;
const tags = (text: string): readonly string[] => text.match(new RegExp(tag, 'g')) ?? [];
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const jwt = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64('{"sub":"42"}')}.c2lnbmF0dXJlLW9mLWl0`;

describe('known secrets', () => {
  const secret = 'pä"ss/w<o>rd &+\\1~!';
  it.each<[string, string]>([
    ['raw', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    [
      'URL-encoded in lower case',
      encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ],
    ['URL-encoded strictly', encodeURIComponent(secret).replace('~', '%7E').replace('!', '%21')],
    ['a form field', 'p%C3%A4%22ss%2Fw%3Co%3Erd+%26%2B%5C1%7E%21'],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['JSON-escaped with slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['JSON-escaped in ASCII', JSON.stringify(secret).slice(1, -1).replace('ä', '\\u00e4')],
    ['base64', base64(secret)],
    ['base64url', Buffer.from(secret).toString('base64url')],
    [
      'HTML-escaped',
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    ],
  ])('are taken out %s, with the tag of the raw value', (_, form) => {
    const out = make(secret).text(`before ${form} after`);
    expect(out).toMatch(/^before \[redacted:[0-9a-f]{8}\]=* after$/);
    expect(tags(out)).toEqual(tags(make(secret).text(secret)));
  });

  it.each(['', 'u', 'us', 'use', 'user:'])('are taken out in base64 after %j', (lead) => {
    const hidden = 'correct-horse-battery';
    const out = make(hidden).text(`x ${base64(`${lead}${hidden}:tail`)} y`);
    expect(out).toMatch(tag);
    for (const word of out.split(/\s|\[redacted:[0-9a-f]{8}\]/)) {
      expect(Buffer.from(word, 'base64').toString()).not.toContain('horse');
    }
  });

  it('are replaced whole when one starts with another', () => {
    expect(make('hunter2', 'hunter2-longer').text('a hunter2-longer b')).toMatch(/^a \[redacted:\w{8}\] b$/);
  });

  it('have equal tags when equal, other tags when not, and other tags under another key', () => {
    const [one, two, three] = tags(make('alpha-1', 'beta-2').text('alpha-1 beta-2 alpha-1'));
    expect(one).toBe(three);
    expect(one).not.toBe(two);
    const elsewhere = createRedactor({ key: new Uint8Array(32) });
    elsewhere.addSecret('alpha-1');
    expect(elsewhere.text('alpha-1')).not.toBe(one);
  });

  it('have the same tag in a header, a member, a parameter and in text', () => {
    const redactor = make('s3cr+t value');
    const [header] = redactor.headers([['authorization', 'Bearer s3cr+t value']]);
    const all = [
      header?.[1] ?? '',
      redactor.text('{"token":"s3cr+t value"}'),
      redactor.text('?token=s3cr%2Bt%20value&a=1'),
      redactor.text('s3cr+t value'),
    ].flatMap(tags);
    expect(all).toHaveLength(4);
    expect(new Set(all).size).toBe(1);
  });

  it('that start like a canary are secret all the same', () => {
    expect(make('lra1b2c3d4e5f6').text('{"password":"lra1b2c3d4e5f6"}')).toMatch(tag);
  });

  it('of less than four letters are taken out by name only', () => {
    const redactor = make('abc', '');
    expect(redactor.text('abc {"password":"abc"}')).toMatch(/^abc \{"password":"\[redacted:\w{8}\]"\}$/);
  });
});

describe('secrets known by their names', () => {
  it.each<[string, string, string]>([
    ['a member', '{"a":1,"password": "hunter2"}', '{"a":1,"password": "#"}'],
    ['a member with escapes', '{"password":"a\\"b\\\\","x":"y"}', '{"password":"#","x":"y"}'],
    [
      'a member of an inner document',
      '{"body":"{\\"token\\":\\"ab\\\\\\"cd\\",\\"x\\":1}"}',
      '{"body":"{\\"token\\":\\"#\\",\\"x\\":1}"}',
    ],
    ['a list', '{"recovery_codes":["aaa1","bbb2"],"x":["y"]}', '{"recovery_codes":["#","#"],"x":["y"]}'],
    ['an object', '{"secret":{"kind":{"a":["b"]}},"x":"y"}', '{"secret":{"kind":{"a":["#"]}},"x":"y"}'],
    ['a number', '{"otp": 123456, "total_tokens": 7}', '{"otp": "#", "total_tokens": 7}'],
    ['a document that is cut', '{"title":"t","refresh_token":"abcd', '{"title":"t","refresh_token":"#'],
    ['a broken document', '{{"password":"a","b":,]', '{{"password":"#","b":,]'],
    ['a printed object', "{ password: 'x', 'token': 'abc' }", "{ password: 'x', 'token': '#' }"],
    [
      'nothing that is null, true or empty',
      '{"password":null,"token":true,"secret":""}',
      '{"password":null,"token":true,"secret":""}',
    ],
    ['a login code', '{"code":"482913"}', '{"code":"#"}'],
    ['no error code', '{"code":"NOT_FOUND","status":404}', '{"code":"NOT_FOUND","status":404}'],
    ['a query parameter', 'GET /reset?token=abc%20d&x=1 HTTP/1.1', 'GET /reset?token=#&x=1 HTTP/1.1'],
    ['a fragment', 'https://a.test/#access_token=abc&state=1', 'https://a.test/#access_token=#&state=1'],
    ['a login code in a link', '"https://a.test/cb?code=4/0AX4XfWh"', '"https://a.test/cb?code=#"'],
    ['a form', 'email=a%40b.c&password=p%26q&go=1', 'email=a%40b.c&password=#&go=1'],
    ['a form with brackets', 'user%5Bpassword%5D=abc&a=b', 'user%5Bpassword%5D=#&a=b'],
    [
      'a link in a link',
      '/login?next=%2Freset%3Ftoken%3Dabc%26x%3D1',
      '/login?next=%2Freset%3Ftoken%3D#%26x%3D1',
    ],
    ['a link in markup', '<a href="/r?token=abc&amp;x=1">', '<a href="/r?token=#&amp;x=1">'],
    ['a quoted log field', 'level=info password="two words" user=1', 'level=info password="#" user=1'],
    [
      'a header line',
      'GET / HTTP/1.1\r\nAuthorization: Bearer abc\r\nCookie: a=b; c=d\r\nAccept: */*',
      'GET / HTTP/1.1\r\nAuthorization: Bearer #\r\nCookie: a=#; c=#\r\nAccept: */*',
    ],
  ])('are taken out of %s', (_, input, expected) => {
    expect(make().text(input).replace(new RegExp(tag, 'g'), '#')).toBe(expected);
  });
});

describe('secrets known by their shape', () => {
  it.each<[string, string, string]>([
    ['JWTs', `see ${jwt}, thanks`, 'see #, thanks'],
    ['JWTs behind a sign', `x:a_${jwt}`, 'x:a_#'],
    ['unsigned JWTs', `${jwt.split('.').slice(0, 2).join('.')}.`, '#.'],
    ['bearer credentials', 'curl -H "X: Bearer abc123def456"', 'curl -H "X: Bearer #"'],
    ['payment keys', 'sk_live_51H8abcdefghij done', '# done'],
    ['repository tokens', `ghp_${'a1'.repeat(18)}`, '#'],
    ['cloud keys', 'id AKIAIOSFODNN7EXAMPLE.', 'id #.'],
    ['passwords in addresses', 'postgres://app:pa55@db:5432/x', 'postgres://app:#@db:5432/x'],
    [
      'private keys',
      'a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n+/==\n-----END RSA PRIVATE KEY----- b',
      'a # b',
    ],
    [
      'private keys inside JSON',
      '{"k":"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n"}',
      '{"k":"#\\n"}',
    ],
    ['private keys that are cut', 'a -----BEGIN PRIVATE KEY-----\nMIIEabc', 'a #'],
  ])('are taken out: %s', (_, input, expected) => {
    expect(make().text(input).replace(new RegExp(tag, 'g'), '#')).toBe(expected);
  });

  it.each<[string, string]>([
    ['prose', 'Basic authentication is required. The bearer of this letter is welcome.'],
    ['ids', '{"id":"0b7c3f0e-5d7e-4a49-9c39-1f0a3a4f9b11","sha":"2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"}'],
    ['certificates', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    [
      'canaries under secret names',
      '{"code":"lra1b2c3d4e5f6","token":"lra1b2c3d4e5f6@example.test"} ?token=lra1b2c3d4e5f6&x=1',
    ],
    ['times', '"at":"2030-01-02T03:04:05Z" http://a.test:80/x?page=2&sort=asc'],
  ])('are not seen in %s', (_, text) => {
    expect(make().text(text)).toBe(text);
  });

  it('keeps to the marker of the run', () => {
    const redactor = createRedactor({ key, canaryMarker: 'lrq7z' });
    expect(redactor.text('{"code":"lrq7zb2c3d4e5f6"}')).toBe('{"code":"lrq7zb2c3d4e5f6"}');
    expect(redactor.text('{"code":"lrxxxb2c3d4e5f6"}')).toMatch(tag);
  });
});

describe('headers', () => {
  it.each<[string, string, string]>([
    ['authorization', 'Bearer abc', 'Bearer #'],
    ['Authorization', `Basic ${base64('a:b')}`, 'Basic #'],
    ['authorization', 'abc', '#'],
    ['proxy-authorization', 'Digest username="a", response="b"', 'Digest #'],
    ['cookie', 'sid=abc; theme=dark; empty=', 'sid=#; theme=#; empty='],
    [
      'set-cookie',
      '__Host-sid=abc=def; Path=/; HttpOnly; SameSite=Lax',
      '__Host-sid=#; Path=/; HttpOnly; SameSite=Lax',
    ],
    ['set-cookie', 'sid=; Max-Age=0', 'sid=; Max-Age=0'],
    ['x-api-key', 'abc', '#'],
    ['x-csrf-token', 'abc', '#'],
    ['location', '/reset?token=abc', '/reset?token=#'],
    ['content-type', 'application/json; charset=utf-8', 'application/json; charset=utf-8'],
    [
      'www-authenticate',
      'Bearer realm="api", error="invalid_token"',
      'Bearer realm="api", error="invalid_token"',
    ],
    ['etag', 'W/"abc"', 'W/"abc"'],
  ])('%s: %s', (name, value, expected) => {
    const [header] = make().headers([[name, value]]);
    expect([header?.[0], header?.[1].replace(new RegExp(tag, 'g'), '#')]).toEqual([name, expected]);
  });

  it('keep every line and its order', () => {
    const headers = make().headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=1'],
      ['date', 'x'],
    ]);
    expect(headers.map(([name]) => name)).toEqual(['set-cookie', 'set-cookie', 'date']);
    expect(tags(headers[0]?.[1] ?? '')).toEqual(tags(headers[1]?.[1] ?? ''));
  });
});

describe('records of our own', () => {
  it('keep their shape and their words, and lose secrets inside any string', () => {
    const record = {
      credential: 'cookie',
      token: 'bearer',
      count: 3,
      none: null,
      trials: [
        {
          because: 'it answered {"password":"hunter2"}',
          url: '/a?token=abc',
          curl: 'curl -H "Authorization: Bearer $NORTH"',
        },
      ],
    };
    const redacted = JSON.stringify(make().values(record)).replace(new RegExp(tag, 'g'), '#');
    expect(JSON.parse(redacted)).toEqual({
      ...record,
      trials: [
        {
          because: 'it answered {"password":"#"}',
          url: '/a?token=#',
          curl: 'curl -H "Authorization: Bearer $NORTH"',
        },
      ],
    });
  });

  it.each(['/a?token=${NORTH_TOKEN}', '/a?token=$NORTH_TOKEN&x=1', '/reset?token={token}'])(
    'keep what only stands for a secret: %s',
    (text) => {
      expect(make().values(text)).toBe(text);
    },
  );

  it('lose a named secret even when it looks like a placeholder', () => {
    expect(make('$NORTH_TOKEN').text('/a?token=$NORTH_TOKEN')).toMatch(tag);
  });
});

describe('any text', () => {
  const binary = Array.from({ length: 70_000 }, (_, index) =>
    String.fromCharCode((index * 7919) % 0xffff),
  ).join('');
  it.each<[string, string]>([
    ['nothing', ''],
    ['lone surrogates', '{"password":"\ud800"} ?token=\udfff'],
    ['bad percent signs', '?token=%zz%&password=%'],
    ['bad escapes', '{"password":"\\u12","token":"\\x"}'],
    ['binary', binary],
    ['open brackets', '[{'.repeat(100_000)],
    ['secrets without end', `"token":[${'"a",'.repeat(50_000)}`],
  ])('is redacted without an error, and the same again: %s', (_, text) => {
    const redactor = make('\ud800 lone', 'ordinary-secret');
    const once = redactor.text(text);
    expect(redactor.text(once)).toBe(once);
  });

  it.each([
    'a',
    '"',
    '\\"',
    '=',
    '%3d',
    'eyJ',
    'eyJhbGciOi.',
    '-----BEGIN RSA PRIVATE KEY-----a',
    '"token":"',
    '"password":[',
    'bearer ',
    '://a:b',
    'SG.',
    "'a':",
    'token=a&',
  ])(
    'of a megabyte of %j is read in linear time',
    (unit) => {
      const redactor = make(
        ...Array.from({ length: 100 }, (_, index) => `${index}-a-secret-of-some-length`),
        `${'a'.repeat(60)}b`,
      );
      const text = unit.repeat(1_000_000 / unit.length);
      // A quadratic step would take many minutes here and run into the runner's limit.
      expect(redactor.text(text).length).toBeGreaterThan(0);
    },
    60_000,
  );

  it('needs a key', () => {
    expect(() => createRedactor({ key: '' })).toThrow('the key of a redactor must not be empty');
  });
});
