import type { References } from '@launch-ready/core';
import { html, type Html } from '../template/html.ts';

/** Ids in public catalogues as plain text; null when there are none. */
export function referenceList({ cwe, owaspApi, asvs }: References): Html | null {
  const ids = [...cwe, ...owaspApi.map((id) => `OWASP ${id}`), ...asvs.map((id) => `ASVS 5.0 ${id}`)];
  if (ids.length === 0) return null;
  return html`<span class="references">${ids.map((id) => html`<span>${id}</span>`)}</span>`;
}
