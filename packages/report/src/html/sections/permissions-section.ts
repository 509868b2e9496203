import type { PermissionMatrix, Review } from '@launch-ready/core';
import { grouped } from '../../words/count.ts';
import { permissionRows } from '../../views/permission-rows.ts';
import { dataTable } from '../parts/data-table.ts';
import { fold } from '../parts/fold.ts';
import { operationName } from '../parts/operation-name.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

/** A longer table is folded. */
const longTable = 20;

/** Which role was seen to be allowed what; nothing when that was not looked at. */
export function permissionsSection({ coverage }: Review): Section | null {
  const { permissions } = coverage;
  if (permissions === undefined || permissions === null) return null;
  const { head, rows, doubts } = permissionRows(permissions);
  const table = dataTable(
    head.map((title) => ({ title: title === 'operation' ? 'Operation' : title })),
    rows.map(([operation = '', ...cells]) => [operationName(operation), ...cells]),
  );
  return {
    id: 'permissions',
    title: 'Permissions',
    note: String(rows.length),
    lead: `Who was seen to be allowed what, by content or effect. Own: an object of the role itself; peer: of somebody else in the tenant; foreign: of another tenant; a question mark: not proven. ${standing(permissions)}`,
    body: html`${rows.length > longTable ? fold(`All ${grouped(rows.length)} operations`, table) : table}
    ${doubtList(doubts)}`,
  };
}

const standing = ({ signed, declaredBy }: PermissionMatrix): string =>
  signed === null
    ? `Nobody has signed this matrix yet; ${declaredBy === null ? 'no other matrix is declared' : `it was compared with ${declaredBy}`}.`
    : `It was compared with the matrix that ${signed.by} signed on ${signed.on}.`;

const doubtList = (doubts: readonly string[]): Html | null =>
  doubts.length === 0
    ? null
    : html`<h3>To be looked at</h3>
        <ul>
          ${doubts.map((doubt) => html`<li>${doubt}</li>`)}
        </ul>`;
