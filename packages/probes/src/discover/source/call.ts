import type { CallExpression, NewExpression } from 'oxc-parser';
import type { Scope, Value } from './value.ts';

/** A call as it stands in the source, with what its parts stand for. */
export interface Call {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly node: CallExpression | NewExpression;
  readonly scope: Scope;
}
