import type { Operation, PostgrestWire } from '@launch-ready/core';
import { retold, type PlainAnswer } from './plain-answer.ts';
import { isRecord } from './remote-values.ts';

/** An answer of PostgREST in resource style: the one row that was asked for instead of a list of one; none at all is 404. */
export function postgrestHeard(
  _operation: Operation,
  wire: PostgrestWire,
  value: unknown,
  answer: PlainAnswer,
): PlainAnswer {
  if (answer.status < 200 || answer.status >= 300) {
    // A policy of the database that forbids a row is answered 401 to nobody and 403 to somebody; unfit values come as 400.
    return answer;
  }
  if (wire.answer !== 'one' || !Array.isArray(value)) return answer;
  if (value.length === 0) return retold(answer, 404, { message: 'no row' });
  const [row] = value;
  return retold(answer, answer.status === 204 ? 200 : answer.status, isRecord(row) ? row : value);
}
