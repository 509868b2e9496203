import { dialCodes } from '../plant/dial-codes.ts';
import { unescapedTexts } from './unescaped-texts.ts';

/** A marker found in a text, and the form it had there. */
interface MarkerHit {
  readonly marker: string;
  /** `raw`, `hex`, `base64`, `url`, `json`, `html`, `quoted-printable`, `wrapped`, `digits`. */
  readonly encoding: string;
}

export interface MarkerScan {
  readonly size: number;
  add(marker: string): void;
  find(text: string): readonly MarkerHit[];
}

/** Forms are looked up by their last characters, the random end of a marker. */
const tail = 4;
const filterBits = 16;

/** The forms of all markers, with a filter in front that nearly every place of a text fails. */
interface FormTable {
  readonly filter: Uint8Array;
  readonly byTail: Map<number, (readonly [form: string, hit: MarkerHit])[]>;
}

const newTable = (): FormTable => ({ filter: new Uint8Array(2 ** filterBits), byTail: new Map() });

/**
 * Finds any of many markers in a text in one pass, whose cost does not grow with their number: as they are, in any case, as
 * hex, inside base64 at each of its three alignments, and behind escapes. Markers are lower-case ASCII; those of digits alone
 * count only when no other digit but a dialling code touches them.
 */
export function createMarkerScan(): MarkerScan {
  const markers = new Set<string>();
  const folded = newTable();
  const exact = newTable();

  const plain = (text: string): readonly MarkerHit[] => [
    ...findIn(text.toLowerCase(), folded),
    ...findIn(text, exact),
  ];

  return {
    get size() {
      return markers.size;
    },
    add: (marker) => {
      if (markers.has(marker) || marker.length < tail) return;
      markers.add(marker);
      const digits = isDigits(marker);
      enter(folded, marker, { marker, encoding: digits ? 'digits' : 'raw' });
      if (digits) return;
      enter(folded, hex(marker), { marker, encoding: 'hex' });
      for (const written of [marker, marker.toUpperCase()])
        for (const form of base64Forms(written)) enter(exact, form, { marker, encoding: 'base64' });
    },
    find: (text) => {
      if (markers.size === 0 || text === '') return [];
      const hits = new Map<string, MarkerHit>();
      for (const hit of plain(text)) if (!hits.has(hit.marker)) hits.set(hit.marker, hit);
      for (const { encoding, text: unescaped } of unescapedTexts(text))
        for (const hit of plain(unescaped))
          if (!hits.has(hit.marker)) hits.set(hit.marker, { ...hit, encoding });
      return [...hits.values()];
    },
  };
}

const isDigits = (text: string): boolean => /^\d+$/.test(text);

const slot = (code: number): number => Math.imul(code, 0x9e3779b1) >>> (32 - filterBits);

function enter({ filter, byTail }: FormTable, form: string, hit: MarkerHit): void {
  const code = codeAt(form, form.length - 1);
  filter[slot(code)] = 1;
  const same = byTail.get(code) ?? [];
  if (!same.some(([known]) => known === form)) byTail.set(code, [...same, [form, hit]]);
}

/** The last characters up to a place, as one number. */
const codeAt = (text: string, end: number): number => {
  let code = 0;
  for (let index = end - tail + 1; index <= end; index += 1)
    code = (code << 8) | (text.charCodeAt(index) & 0xff) | 0;
  return code;
};

function findIn(text: string, { filter, byTail }: FormTable): readonly MarkerHit[] {
  const hits: MarkerHit[] = [];
  let code = 0;
  for (let end = 0; end < text.length; end += 1) {
    code = (code << 8) | (text.charCodeAt(end) & 0xff);
    if (filter[slot(code)] === 0) continue;
    for (const [form, hit] of byTail.get(code) ?? []) {
      const start = end - form.length + 1;
      if (start < 0 || !text.startsWith(form, start)) continue;
      if (hit.encoding !== 'digits' || standsAlone(text, start, end)) hits.push(hit);
    }
  }
  return hits;
}

/** Whether nine digits are a number of their own, or one with a code before it that we write: not a part of a longer one. */
function standsAlone(text: string, start: number, end: number): boolean {
  if (isDigit(text, end + 1)) return false;
  let first = start;
  while (isDigit(text, first - 1) && start - first < 5) first -= 1;
  return first === start || dialCodes.includes(text.slice(first, start));
}

const isDigit = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
};

const hex = (text: string): string =>
  [...text].map((one) => one.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/** The characters of base64 that depend on the marker alone, for each number of bytes before it modulo 3, in both alphabets. */
function base64Forms(marker: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.from('\0'.repeat(before) + marker, 'utf8').toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + Buffer.byteLength(marker)) * 8) / 6);
    const form = whole.slice(first, last);
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
