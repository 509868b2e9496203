import { html, type Html, type HtmlValue } from '../template/html.ts';

/** One part of the report with its place in the contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What the contents show beside the title. */
  readonly note?: string;
  /** One sentence below the heading. */
  readonly lead?: HtmlValue;
  readonly body: Html;
}

/** A section of the page; its heading can be linked to. */
export const sectionMarkup = (section: Section): Html =>
  html` <section id="${section.id}" aria-labelledby="${section.id}-title">
    <div class="section-head">
      <h2 id="${section.id}-title"><a href="#${section.id}">${section.title}</a></h2>
      ${section.lead === undefined || section.lead === false ? null : html`<p class="lead">${section.lead}</p>`}
    </div>
    ${section.body}
  </section>`;
