import type { References } from '@launch-ready/core';
import { html, type Html, type HtmlValue } from '../template/html.ts';

const group = (name: string, ids: readonly string[]): HtmlValue =>
  ids.length > 0 && html`<span class="reference"><b>${name}</b> ${ids.join(', ')}</span>`;

/** Ids in public catalogues as plain text; null when there are none. */
export function referenceList({ cwe, owaspApi, asvs }: References): Html | null {
  if (cwe.length + owaspApi.length + asvs.length === 0) return null;
  return html`<span class="references">${group('CWE', cwe)}${group('OWASP API', owaspApi)}${group('ASVS 5.0', asvs)}</span>`;
}
