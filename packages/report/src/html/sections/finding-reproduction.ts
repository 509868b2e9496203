import type { Finding } from '@launch-ready/core';
import { fold } from '../parts/fold.ts';
import { html, type Html } from '../template/html.ts';

/** The command and the script that show the fault again. */
export function findingReproduction({ reproduce }: Finding): Html {
  if (reproduce === null) {
    return html`<div class="block">
      <h4>Reproduce</h4>
      <p class="muted">No single command shows this again; run the review to check it.</p>
    </div>`;
  }
  return html` <div class="block">
    <h4>Reproduce</h4>
    <pre class="code"><code>${reproduce.curl}</code></pre>
    ${fold(
      'Node script',
      html`<p class="muted">Exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell.</p>
        <pre class="code"><code>${reproduce.script}</code></pre>`,
    )}
  </div>`;
}
