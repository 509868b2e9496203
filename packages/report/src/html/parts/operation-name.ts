import { html, type Html } from '../template/html.ts';

/** `METHOD /path` with the method set apart; long paths may break after a slash. */
export function operationName(operation: string): Html {
  const parts = /^([A-Z]+) (\S.*)$/s.exec(operation);
  if (parts === null) return html`<code class="path">${operation}</code>`;
  return html`<code class="path"><span class="method">${parts[1]}</span> ${breakable(parts[2] ?? '')}</code>`;
}

const breakable = (path: string): readonly Html[] =>
  path.split(/(?<=\/)/).map((piece) => html`${piece}<wbr />`);
