import { readFileSync } from 'node:fs';
import { parseSync, type Expression } from 'oxc-parser';

/** A file of JSON, with comments and trailing commas as in `tsconfig.json`; null when it cannot be read. */
export function readJson(file: string): Readonly<Record<string, unknown>> | null {
  try {
    const [statement] = parseSync('file.js', `(${readFileSync(file, 'utf8')}\n)`, { preserveParens: false })
      .program.body;
    const value = statement?.type === 'ExpressionStatement' ? plain(statement.expression) : null;
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function plain(node: Expression): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'ArrayExpression')
    return node.elements.map((item) => (item === null || item.type === 'SpreadElement' ? null : plain(item)));
  if (node.type !== 'ObjectExpression') return null;
  return Object.fromEntries(
    node.properties.flatMap((property) =>
      property.type === 'Property' && property.key.type === 'Literal'
        ? [[String(property.key.value), plain(property.value)]]
        : [],
    ),
  );
}
