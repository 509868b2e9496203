import type { Tone } from '../words/status-word.ts';

export type Style = Tone | 'bold' | 'dim';

/** What the parts of the terminal report share: how wide it is, and how to colour. */
export interface Page {
  readonly width: number;
  readonly paint: (style: Style, text: string) => string;
}

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  unsure: [33, 39],
  quiet: [2, 22],
  bold: [1, 22],
  dim: [2, 22],
};

/** A page of 40 to 110 columns. Without colour the text is the same, letter for letter. */
export function makePage(color: boolean, width: number): Page {
  return {
    width: Math.max(40, Math.min(110, Math.floor(width))),
    paint(style, text) {
      if (!color || text.trim() === '') return text;
      const [on, off] = codes[style];
      return `\u001b[${on}m${text}\u001b[${off}m`;
    },
  };
}
