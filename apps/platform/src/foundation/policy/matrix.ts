import type { Route } from '../http/route.ts';
import { isAction, mayDo, ownOnlyRoles, rolesFor } from './policy.ts';
import { type Role, roles } from './roles.ts';

/** One line of the printed matrix: an operation and who may call it. */
export interface MatrixRow {
  /** `METHOD /path/{template}` */
  readonly operation: string;
  readonly permission: string;
  readonly limit: string;
  readonly summary: string;
  /** Roles that may call it, strongest first. */
  readonly roles: readonly Role[];
  /** Those of them that may do it to their own objects only. */
  readonly ownOnly: readonly Role[];
  /** Whether nobody need be signed in. */
  readonly anonymous: boolean;
}

const template = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

/** Every route with its permission, in the order of paths. */
export const matrixOf = (routes: readonly Route[]): readonly MatrixRow[] =>
  routes
    .toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
    .map((route) => ({
      operation: `${route.method} ${template(route.path)}`,
      permission: route.permission,
      limit: route.limit,
      summary: route.summary,
      roles: rolesFor(route.permission),
      ownOnly: ownOnlyRoles(route.permission),
      anonymous: route.permission === 'public',
    }));

const cell = (row: MatrixRow, role: Role): string => {
  if (!row.roles.includes(role)) return '-';
  return isAction(row.permission) && !mayDo(role, row.permission, false) ? 'own' : 'yes';
};

/** The matrix as a Markdown table. */
export const matrixAsMarkdown = (rows: readonly MatrixRow[]): string =>
  [
    `| operation | permission | anonymous | ${roles.join(' | ')} |`,
    `|---|---|---|${roles.map(() => '---|').join('')}`,
    ...rows.map(
      (row) =>
        `| \`${row.operation}\` | ${row.permission} | ${row.anonymous ? 'yes' : '-'} | ${roles.map((role) => cell(row, role)).join(' | ')} |`,
    ),
    '',
    '`own`: on objects that this person made. Every operation inside an organisation is for its members only.',
    '',
  ].join('\n');

/** Role names by operation, for whoever reviews the platform from outside. Operations that need no login allow `anonymous` too. */
export const permissionTable = (rows: readonly MatrixRow[]) => ({
  source:
    'the policy of the platform, printed by `main.ts matrix --permissions`; roles that act on their own objects only are listed where they may do that',
  allowed: Object.fromEntries(
    rows.map((row) => [row.operation, row.anonymous ? ['anonymous', ...row.roles] : [...row.roles]]),
  ),
});
