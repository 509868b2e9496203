import { deflateSync, gzipSync } from 'node:zlib';
import type { HeaderList } from '@launch-ready/core';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { createLedger } from '../ledger/create-ledger.ts';
import { createTestAnswers } from '../access/testing/test-answers.ts';
import { createLeakIndex, type Sighting } from './leak-index.ts';
import { createMarkerScan } from './marker-scan.ts';

const marker = 'lrabcaabbqwert234';
const number = '472918365';

const escaped = (code: (letter: string) => string): string => [...marker].map(code).join('');
const hex = (letter: string): string => letter.charCodeAt(0).toString(16);
const padding = 'x'.repeat(40);
const base64 = (before: string): string => Buffer.from(`${before}${marker}tail`).toString('base64');
const wrapped = (text: string): string => text.replace(/.{76}/g, '$&\r\n');
const zipped = zipSync({ 'xl/sharedStrings.xml': Buffer.from(`<t>${marker}</t>`) });
const pdf = (content: string, squeeze: boolean): Buffer => {
  const stream = squeeze ? deflateSync(content) : Buffer.from(content);
  return Buffer.concat([
    Buffer.from('%PDF-1.4\n1 0 obj << /Length 1 >>\nstream\n'),
    stream,
    Buffer.from('\nendstream\nendobj\ntrailer'),
  ]);
};

const bodies: readonly (readonly [string, string, string, string | Uint8Array])[] = [
  ['as it is', 'body', 'raw', `title: ${marker}!`],
  ['in capitals', 'body', 'raw', marker.toUpperCase()],
  ['percent-encoded', 'body', 'url', escaped((letter) => `%${hex(letter)}`)],
  ['percent-encoded twice', 'body', 'url', escaped((letter) => `%25${hex(letter)}`)],
  ['escaped for JSON', 'body', 'json', escaped((letter) => `\\u00${hex(letter)}`)],
  ['escaped for scripts', 'body', 'json', escaped((letter) => `\\x${hex(letter)}`)],
  ['escaped for HTML in hex', 'body', 'html', escaped((letter) => `&#x${hex(letter)};`)],
  ['escaped for HTML in decimals', 'body', 'html', escaped((letter) => `&#${letter.charCodeAt(0)};`)],
  ['escaped for HTML twice', 'body', 'html', escaped((letter) => `&amp;#${letter.charCodeAt(0)};`)],
  ['in hex', 'body', 'hex', Buffer.from(`x${marker}`).toString('hex')],
  ['in base64 after 0 bytes', 'body', 'base64', base64('')],
  ['in base64url after 1 byte', 'body', 'base64', Buffer.from(`a${marker}tail`).toString('base64url')],
  ['in base64 after 2 bytes', 'body', 'base64', base64('ab')],
  ['in base64 broken into lines', 'body', 'base64', wrapped(base64(`${padding}1234567890`))],
  [
    'quoted-printable over a line end',
    'body',
    'quoted-printable',
    `a ${marker.slice(0, 9)}=\r\n${marker.slice(9)}`,
  ],
  ['in UTF-16', 'body', 'utf-16', Buffer.from(`title ${marker}`, 'utf16le')],
  ['in gzip', 'body gzip', 'raw', gzipSync(`a,b\n1,${marker}\n`)],
  ['in a sheet of a workbook', 'body zip', 'raw', zipped],
  [
    'in a zip in base64',
    'body base64 zip',
    'raw',
    JSON.stringify({ file: Buffer.from(zipped).toString('base64') }),
  ],
  ['in a zip in gzip', 'body gzip zip', 'raw', gzipSync(zipped)],
  ['in a PDF', 'body pdf', 'raw', pdf(`BT (Invoice ${marker}) Tj ET`, true)],
  [
    'in a PDF, letter by letter',
    'body pdf',
    'raw',
    pdf(`BT [${[...marker].map((letter) => `(${letter})`).join(' -20 ')}] TJ ET`, false),
  ],
  ['behind an answer that ended', 'body', 'raw', `{"items":[]}\n<!-- ${marker} -->`],
  ['a telephone number', 'body', 'digits', `{"phone":"+12${number}"}`],
  ['a number in JSON', 'body', 'digits', `{"phone":"+4930${number}"}`.replace('+4930', '+49 30 ')],
];

test.each(bodies)('a canary is found %s', (_, where, encoding, body) => {
  const { foreign } = received({ body });
  expect(foreign).toMatchObject([{ where, encoding, ref: 'o1', actor: 'south.member' }]);
});

test('a canary in a redirect is found, and in any other header', () => {
  expect(received({ headers: [['Location', `/go?to=%6c${marker.slice(1)}`]] }).foreign).toMatchObject([
    { where: 'header location', encoding: 'url' },
  ]);
  expect(received({ headers: [['x-export', base64('a')]] }).foreign).toMatchObject([
    { where: 'header x-export', encoding: 'base64' },
  ]);
});

test('what the actor sent itself is an echo, in whatever form it comes back', () => {
  for (const [, , , body] of bodies) {
    const { foreign } = received({ body, sent: { title: marker, phone: number } });
    expect(foreign).toEqual([]);
  }
});

test('what one actor sent is no echo to another, and what the own tenant made is not foreign', () => {
  const answers = createTestAnswers();
  const leaks = indexOf(answers);
  answers.answer({ actor: 'north.member', body: marker, sent: { title: marker } });
  expect(leaks.foreign).toEqual([]);
  answers.answer({ actor: 'south.member', body: marker });
  answers.answer({ actor: 'anonymous', body: marker });
  expect(leaks.foreign.map(({ actor }) => actor)).toEqual(['south.member', 'anonymous']);
  expect(leaks.foreignIn(`Dear reader, ${marker}`, 'south.member')).toMatchObject([{ ref: 'o1' }]);
  expect(leaks.foreignIn(`Dear reader, ${marker}`, 'north.member')).toEqual([]);
});

test('a canary that comes later in the same exchange, as in a stream, is found as well', () => {
  const answers = createTestAnswers();
  const leaks = indexOf(answers);
  answers.answer({ actor: 'south.admin', body: 'data: nothing yet', exchange: 'x8' });
  expect(leaks.inExchange('x8')).toEqual([]);
  answers.answer({ actor: 'south.admin', body: `data: {"say":"${marker}"}`, exchange: 'x8' });
  expect(leaks.inExchange('x8')).toMatchObject([{ where: 'body', actor: 'south.admin' }]);
});

test('parts of a marker, other markers of the run, and longer numbers are not found', () => {
  const scan = createMarkerScan();
  for (const one of [marker, 'lrabcaabbzzzzz777', number]) scan.add(one);
  expect(scan.find(`${marker.slice(0, -1)} lrabcaabb ${marker.slice(1)} 1${number} ${number}0`)).toEqual([]);
});

test('a zip that claims to be enormous is left closed', () => {
  const bomb = Buffer.from(zipSync({ a: Buffer.from(marker) }));
  const directory = bomb.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bomb.writeUInt32LE(0xfffffff0, directory + 24);
  expect(received({ body: bomb }).foreign.filter(({ encoding }) => encoding === 'raw').length).toBeLessThan(
    2,
  );
});

function indexOf(answers: ReturnType<typeof createTestAnswers>): ReturnType<typeof createLeakIndex> {
  const ledger = createLedger({ journal: null });
  const tenantOf = (actor: string): string | null =>
    actor === 'anonymous' ? null : (actor.split('.')[0] ?? null);
  const leaks = createLeakIndex({ transport: answers, ledger, tenantOf });
  const ref = ledger.intend({
    operation: 'POST /notes',
    actor: 'north.member',
    tenant: 'north',
    type: 'notes',
    twin: 'victim',
    canaries: [
      { value: marker, pointer: '/title' },
      { value: number, pointer: '/phone' },
    ],
    slots: {},
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  leaks.watch(ref);
  return leaks;
}

function received(given: {
  readonly body?: string | Uint8Array;
  readonly headers?: HeaderList;
  readonly sent?: unknown;
}): { readonly foreign: readonly Sighting[] } {
  const answers = createTestAnswers();
  const leaks = indexOf(answers);
  answers.answer({ actor: 'south.member', ...given });
  return leaks;
}
