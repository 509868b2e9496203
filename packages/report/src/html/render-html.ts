import type { Review } from '@launch-ready/core';
import { moment } from '../words/moment.ts';
import { verdictWords } from '../words/status-word.ts';
import { contents } from './contents.ts';
import { sectionMarkup } from './parts/section.ts';
import { reportSections } from './report-sections.ts';
import { glance } from './sections/glance.ts';
import { verdictBanner } from './sections/verdict-banner.ts';
import { styles } from './styles/styles.ts';
import { html, htmlText, stylesheet } from './template/html.ts';

/** Nothing may load, run, submit or frame; only the styles inside the file apply. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The review as one HTML file that needs nothing else: no script, no outside request. It is readable on a phone, on
 * paper (where everything is unfolded), in the dark and in the light.
 */
export function renderHtml(review: Review): string {
  const sections = reportSections(review);
  return htmlText(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${policy}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="referrer" content="no-referrer" />
          <meta name="robots" content="noindex" />
          <title>${verdictWords[review.verdict.kind].word}: ${review.target.name} · Launch Ready</title>
          ${stylesheet(styles)}
        </head>
        <body>
          <a class="skip" href="#verdict">Skip to the verdict</a>
          <div class="page">
            ${contents(review, sections)}
            <main>
              ${verdictBanner(review)} ${glance(review)} ${sections.map(sectionMarkup)}
              <footer>
                Launch Ready ${review.tool.version} · run ${review.run.id} · ${moment(review.run.startedAt)}
              </footer>
            </main>
          </div>
        </body>
      </html> `,
  );
}
