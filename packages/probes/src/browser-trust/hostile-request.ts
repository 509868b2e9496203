import type { EvidenceMap, HeaderList } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';

/** Ways in which a page elsewhere can send a creation. */
export type CsrfStyle = Exclude<EvidenceMap['csrf']['trials'][number]['style'], 'method-override'>;

/** Nobody can own a name below `.test` (RFC 6761). */
export const hostileOrigin = 'https://launch-ready-stranger.test';

/** A page elsewhere sends the browser's cookies and what the browser says of it, but no header of the application's own. */
export const hostileHeaders = (style: CsrfStyle): HeaderList => [
  ['origin', hostileOrigin],
  ['referer', `${hostileOrigin}/`],
  ['sec-fetch-site', 'cross-site'],
  ['sec-fetch-mode', style === 'text-plain' ? 'no-cors' : 'navigate'],
  ['sec-fetch-dest', style === 'text-plain' ? 'empty' : 'document'],
];

/** Where a page elsewhere sends it, and the body that such a page can make without a preflight. */
export function hostileRequest(
  style: CsrfStyle,
  url: string,
  value: unknown,
): { readonly url: string; readonly body: OutgoingBody | null } {
  const fields = flatFields(value);
  if (style === 'get') {
    const made = new URL(url);
    for (const [name, one] of Object.entries(fields)) made.searchParams.set(name, one);
    return { url: made.href, body: null };
  }
  if (style === 'text-plain')
    return {
      url,
      body: { kind: 'text', text: JSON.stringify(value), contentType: 'text/plain;charset=UTF-8' },
    };
  return { url, body: { kind: style, fields } };
}

/** A page that sends it by itself; `quietly` by a script instead of a form that leads away from the page. */
export function hostilePage(style: CsrfStyle, url: string, value: unknown, quietly: boolean): string {
  const script = (text: string): string => `<script>${text.replaceAll('</', '<\\/')}</script>`;
  if (style === 'get')
    return script(`location.href = ${JSON.stringify(hostileRequest(style, url, value).url)}`);
  const text = JSON.stringify(value);
  if (style === 'text-plain' && quietly)
    return script(
      `fetch(${JSON.stringify(url)}, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: ${JSON.stringify(text)} })`,
    );
  // Such a form writes name=value, so that the equals sign has to lie inside a text of the JSON.
  const fields: Readonly<Record<string, string>> =
    style === 'text-plain' ? { [`${text.slice(0, -1)},"lrpad":"`]: '"}' } : flatFields(value);
  const types = {
    form: 'application/x-www-form-urlencoded',
    multipart: 'multipart/form-data',
    'text-plain': 'text/plain',
  };
  return script(
    `const form = document.createElement('form');
form.method = 'POST';
form.action = ${JSON.stringify(url)};
form.enctype = ${JSON.stringify(types[style])};
for (const [name, value] of Object.entries(${JSON.stringify(fields)})) {
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = name;
  input.value = value;
  form.append(input);
}
document.documentElement.append(form);
form.submit();`,
  );
}

function flatFields(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, string])[] => {
    if (isJsonObject(inner))
      return Object.entries(inner).map(([key, leaf]) => [`${name}[${key}]`, plain(leaf)] as const);
    return [[name, plain(inner)]];
  });
  return Object.fromEntries(entries);
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
