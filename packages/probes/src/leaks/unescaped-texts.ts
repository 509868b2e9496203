interface Unescaped {
  readonly encoding: string;
  readonly text: string;
}

/** ASCII letters alone matter: markers have no others, and what stands beside them may be lost. */
const letter = (code: number): string =>
  Number.isNaN(code) || code > 0x7f ? '?' : String.fromCharCode(code);

interface Escape {
  readonly encoding: string;
  /** Cheap test whether it is worth a try. */
  readonly sign: string;
  readonly undo: (text: string) => string;
}

const fromHex = (digits: string): string => letter(Number.parseInt(digits, 16));

const escapes: readonly Escape[] = [
  {
    encoding: 'url',
    sign: '%',
    // Twice, for addresses inside addresses.
    undo: (text) =>
      text.replace(/%25/g, '%').replace(/%([\da-f]{2})/gi, (_, digits: string) => fromHex(digits)),
  },
  {
    encoding: 'json',
    sign: '\\u00',
    undo: (text) => text.replace(/\\u00([\da-f]{2})/gi, (_, digits: string) => fromHex(digits)),
  },
  {
    encoding: 'json',
    sign: '\\x',
    undo: (text) => text.replace(/\\x([\da-f]{2})/gi, (_, digits: string) => fromHex(digits)),
  },
  {
    encoding: 'html',
    sign: '#',
    undo: (text) =>
      text.replace(/&(?:amp;)?#(x?)([\da-f]{1,6});?/gi, (_, base: string, digits: string) =>
        letter(Number.parseInt(digits, base === '' ? 10 : 16)),
      ),
  },
  {
    // RFC 2045 section 6.7: soft line breaks and bytes in hex.
    encoding: 'quoted-printable',
    sign: '=',
    undo: (text) =>
      text.replace(/=\r?\n/g, '').replace(/=([\da-f]{2})/gi, (_, digits: string) => fromHex(digits)),
  },
  {
    // Base64 in lines of 60 to 76, as in mails and PEM, and the same with the line ends escaped in JSON.
    encoding: 'base64',
    sign: '\n',
    undo: (text) => text.replace(/([A-Za-z\d+/]{60,76})\r?\n(?=[A-Za-z\d+/])/g, '$1'),
  },
  {
    encoding: 'base64',
    sign: '\\n',
    undo: (text) => text.replace(/([A-Za-z\d+/]{60,76})(?:\\r)?\\n(?=[A-Za-z\d+/])/g, '$1'),
  },
  {
    // UTF-16 read as if it were UTF-8 or Latin-1.
    encoding: 'utf-16',
    sign: '\0',
    undo: (text) => text.replaceAll('\0', ''),
  },
];

/** A text with each kind of escape undone that it uses: for URLs, JSON, HTML, mails and UTF-16. */
export function unescapedTexts(text: string): readonly Unescaped[] {
  return escapes.flatMap(({ encoding, sign, undo }): readonly Unescaped[] => {
    if (!text.includes(sign)) return [];
    const undone = undo(text);
    return undone === text ? [] : [{ encoding, text: undone }];
  });
}
