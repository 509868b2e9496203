import { expect, test } from 'vitest';
import { createMarkerScan } from './marker-scan.ts';

const marker = 'lrabcaabbqwert234';
const scan = createMarkerScan();
scan.add(marker);
scan.add('lrabcaabbzzzzz777');

const escaped = (code: (letter: string) => string): string => [...marker].map(code).join('');
const hex = (letter: string): string => letter.charCodeAt(0).toString(16);

test.each([
  ['raw', 'raw', `title: ${marker}!`],
  ['in capitals', 'raw', marker.toUpperCase()],
  ['percent-encoded', 'url', escaped((letter) => `%${hex(letter)}`)],
  ['escaped for JSON', 'json', escaped((letter) => `\\u00${hex(letter)}`)],
  ['escaped for HTML in hex', 'html', escaped((letter) => `&#x${hex(letter)};`)],
  ['escaped for HTML in decimals', 'html', escaped((letter) => `&#${letter.charCodeAt(0)};`)],
  ['in hex', 'hex', Buffer.from(`x${marker}`).toString('hex')],
  ['in base64 after 0 bytes', 'base64', Buffer.from(`${marker}tail`).toString('base64')],
  ['in base64 after 1 byte', 'base64', Buffer.from(`a${marker}tail`).toString('base64url')],
  ['in base64 after 2 bytes', 'base64', Buffer.from(`ab${marker}tail`).toString('base64')],
] as const)('a marker is found %s', (_, encoding, text) => {
  expect(scan.find(text)).toEqual([{ marker, encoding }]);
});

test('parts of a marker and other markers of the run are not found', () => {
  expect(scan.find(`${marker.slice(0, -1)} lrabcaabb ${marker.slice(1)}`)).toEqual([]);
});
