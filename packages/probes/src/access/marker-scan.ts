/** A marker found in a text, and the form it had there. */
interface MarkerHit {
  readonly marker: string;
  readonly encoding: 'raw' | 'url' | 'json' | 'html' | 'base64' | 'hex';
}

export interface MarkerScan {
  readonly size: number;
  add(marker: string): void;
  find(text: string): readonly MarkerHit[];
}

/** All forms of one marker begin with one of a few letters, so that one regular expression finds where to look. */
const anchorLength = 6;

/**
 * Finds any of many markers in a text in one pass: as they are, in any case, as hex, inside base64 at each of its three
 * alignments, and escaped for URLs, JSON or HTML. Markers are lower-case ASCII letters and digits.
 */
export function createMarkerScan(): MarkerScan {
  const markers = new Set<string>();
  const folded = new Map<string, Map<string, MarkerHit>>();
  const exact = new Map<string, Map<string, MarkerHit>>();
  let anchors: { readonly folded: RegExp; readonly exact: RegExp } | null = null;

  const enter = (forms: Map<string, Map<string, MarkerHit>>, form: string, hit: MarkerHit): void => {
    const anchor = form.slice(0, anchorLength);
    const sameAnchor = forms.get(anchor) ?? new Map<string, MarkerHit>();
    sameAnchor.set(form, hit);
    forms.set(anchor, sameAnchor);
  };
  const findIn = (
    text: string,
    forms: ReadonlyMap<string, ReadonlyMap<string, MarkerHit>>,
    pattern: RegExp,
  ): MarkerHit[] => {
    const hits: MarkerHit[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      for (const [form, hit] of forms.get(match[0]) ?? [])
        if (text.startsWith(form, match.index)) hits.push(hit);
      pattern.lastIndex = match.index + 1;
    }
    return hits;
  };

  const plain = (text: string): readonly MarkerHit[] => {
    anchors ??= { folded: anchorPattern(folded), exact: anchorPattern(exact) };
    return [...findIn(text.toLowerCase(), folded, anchors.folded), ...findIn(text, exact, anchors.exact)];
  };

  return {
    get size() {
      return markers.size;
    },
    add: (marker) => {
      if (markers.has(marker)) return;
      markers.add(marker);
      anchors = null;
      enter(folded, marker, { marker, encoding: 'raw' });
      enter(folded, hex(marker), { marker, encoding: 'hex' });
      for (const form of base64Forms(marker)) enter(exact, form, { marker, encoding: 'base64' });
    },
    find: (text) => {
      if (markers.size === 0 || text === '') return [];
      const hits = new Map<string, MarkerHit>();
      const keep = (found: readonly MarkerHit[], encoding?: MarkerHit['encoding']): void => {
        for (const hit of found)
          if (!hits.has(hit.marker)) hits.set(hit.marker, encoding ? { ...hit, encoding } : hit);
      };
      keep(plain(text));
      for (const [encoding, escape] of escapes) {
        const unescaped = text.replace(escape.pattern, escape.decode);
        if (unescaped !== text) keep(plain(unescaped), encoding);
      }
      return [...hits.values()];
    },
  };
}

const letter = (code: number): string =>
  Number.isNaN(code) || code > 0x7f ? '?' : String.fromCharCode(code);

const escapes: readonly (readonly [
  MarkerHit['encoding'],
  { readonly pattern: RegExp; readonly decode: (all: string, digits: string, more?: string) => string },
])[] = [
  ['url', { pattern: /%([\da-f]{2})/gi, decode: (_, digits) => letter(Number.parseInt(digits, 16)) }],
  ['json', { pattern: /\\u00([\da-f]{2})/gi, decode: (_, digits) => letter(Number.parseInt(digits, 16)) }],
  [
    'html',
    {
      pattern: /&#(x?)([\da-f]{1,6});?/gi,
      decode: (_, base, digits = '') => letter(Number.parseInt(digits, base === '' ? 10 : 16)),
    },
  ],
];

const anchorPattern = (forms: ReadonlyMap<string, unknown>): RegExp =>
  new RegExp([...forms.keys()].join('|'), 'g');

const hex = (text: string): string =>
  [...text].map((one) => one.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/** The characters of base64 that depend on the marker alone, for each number of bytes before it modulo 3. */
function base64Forms(marker: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const whole = btoa('\0'.repeat(before) + marker);
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + marker.length) * 8) / 6);
    return whole.slice(first, last);
  });
}
