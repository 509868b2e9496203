import { visibleText } from '../../words/visible-text.ts';

const markup: unique symbol = Symbol('markup');

/** Markup made by {@link html} or {@link stylesheet}. Data cannot pretend to be it: the key is a private symbol. */
export interface Html {
  readonly [markup]: string;
}

/** What a template takes. Text and numbers are escaped; `null`, `undefined` and `false` vanish. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const escaped = (text: string): string =>
  visibleText(text).replace(/[&<>"'`]/g, (found) => entities[found] ?? found);

const isList = (value: HtmlValue): value is readonly HtmlValue[] => Array.isArray(value);

function written(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return isList(value) ? value.map(written).join('') : value[markup];
}

/**
 * The one way to make markup. Whatever is put into it is escaped for text and for double-quoted attributes, so templates
 * quote every attribute and never put a value into a style sheet, a script or the scheme of an address.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { [markup]: strings.reduce((text, part, at) => text + written(values[at - 1]) + part) };
}

/** Our own style sheet, which holds no data; escaping would break its selectors. */
export function stylesheet(css: string): Html {
  if (css.includes('<')) throw new Error('a style sheet must not hold a less-than sign');
  return { [markup]: `<style>${css}</style>` };
}

/** The finished text of a document. */
export const htmlText = (document: Html): string => document[markup];
