import { html, type Html, type HtmlValue } from '../template/html.ts';

export interface Column {
  readonly title: string;
  /** Numbers stand at the right in figures of one width. */
  readonly numeric?: boolean;
}

/** A table that becomes a list of labelled values on a narrow screen. The first cell of each row is its heading. */
export const dataTable = (columns: readonly Column[], rows: readonly (readonly HtmlValue[])[]): Html =>
  html` <div class="table-wrap">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${column.numeric && html` class="number"`}>${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((value, at) => cell(value, columns[at], at === 0))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

function cell(value: HtmlValue, column: Column | undefined, first: boolean): Html {
  const kind = column?.numeric === true ? 'number' : 'text';
  if (first) return html`<th scope="row" class="${kind}">${value}</th>`;
  return html`<td class="${kind}" data-label="${column?.title}"><div>${value}</div></td>`;
}
