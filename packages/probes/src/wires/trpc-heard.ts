import type { Operation, TrpcWire } from '@launch-ready/core';
import { retold, type PlainAnswer } from './plain-answer.ts';
import { isRecord, parsedJson } from './remote-values.ts';
import { statusOfProblem } from './status-of-problem.ts';

/** A tRPC envelope in resource style: what the procedure gave, or the status and words of its error. */
export function trpcHeard(
  operation: Operation,
  wire: TrpcWire,
  value: unknown,
  answer: PlainAnswer,
): PlainAnswer {
  const envelope: unknown = Array.isArray(value) ? value[0] : value;
  if (!isRecord(envelope)) return answer;
  const unwrapped = (inner: unknown): unknown =>
    wire.transformer === 'superjson' && isRecord(inner) && 'json' in inner ? inner['json'] : inner;
  if (isRecord(envelope['result'])) {
    const data = unwrapped(envelope['result']['data']);
    const asked = operation.method === 'GET' && operation.path.includes('{');
    if (asked && (data === null || data === undefined)) return retold(answer, 404, { message: 'null' });
    return retold(answer, 200, data);
  }
  const error = unwrapped(envelope['error']);
  if (!isRecord(error)) return answer;
  const data = isRecord(error['data']) ? error['data'] : {};
  const message = typeof error['message'] === 'string' ? error['message'] : '';
  const code = typeof data['code'] === 'string' ? data['code'] : null;
  const given = typeof data['httpStatus'] === 'number' ? data['httpStatus'] : null;
  // The message of a failed input is the list of zod's issues as text.
  const issues = parsedJson(message);
  return retold(answer, given ?? statusOfProblem({ code, message }, answer.status), {
    message,
    ...(code === null ? {} : { code }),
    ...(Array.isArray(issues) ? { issues } : {}),
    ...(isRecord(data['zodError']) ? data['zodError'] : {}),
  });
}
