import type { Review } from '@launch-ready/core';
import { permissionRows } from '../views/permission-rows.ts';
import { mdCode, mdTable, mdText } from './md.ts';

/** A longer table is cut and counted. */
const inShort = 60;

/** Which role was seen to be allowed what. */
export function mdPermissions({ coverage }: Review): readonly string[] {
  const { permissions } = coverage;
  if (permissions === undefined || permissions === null) return [];
  const { head, rows, doubts } = permissionRows(permissions);
  const { signed } = permissions;
  const rest = rows.length - inShort;
  return [
    '## Permissions',
    signed === null
      ? 'Who was seen to be allowed what. Nobody has signed this matrix yet.'
      : `Who was seen to be allowed what, compared with the matrix that ${mdText(signed.by)} signed on ${mdText(signed.on)}.`,
    mdTable(
      head.map(mdText),
      rows.slice(0, inShort).map(([operation = '', ...cells]) => [mdCode(operation), ...cells.map(mdText)]),
    ),
    ...(rest > 0 ? [`${rest} more operations are in the HTML and JSON reports.`] : []),
    ...(doubts.length === 0 ? [] : [doubts.map((doubt) => `- To be looked at: ${mdText(doubt)}`).join('\n')]),
  ];
}
