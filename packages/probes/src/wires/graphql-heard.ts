import type { GraphqlWire, Operation } from '@launch-ready/core';
import { retold, type PlainAnswer } from './plain-answer.ts';
import { isRecord } from './remote-values.ts';
import { statusOfProblem } from './status-of-problem.ts';

/** A GraphQL answer (specification of October 2021, section 7) in resource style: the root field, or a status for its errors. */
export function graphqlHeard(
  operation: Operation,
  wire: GraphqlWire,
  value: unknown,
  answer: PlainAnswer,
): PlainAnswer {
  const said: unknown = wire.after !== undefined && Array.isArray(value) ? value.at(-1) : value;
  if (!isRecord(said)) return answer;
  return heardAlone(operation, wire, said, answer);
}

function heardAlone(
  operation: Operation,
  wire: GraphqlWire,
  value: Readonly<Record<string, unknown>>,
  answer: PlainAnswer,
): PlainAnswer {
  const data = isRecord(value['data']) ? value['data'] : null;
  const problems = problemsOf(value['errors']);
  const found = data?.[wire.field];
  // Part of an answer may fail; what came is an answer all the same.
  if (found !== undefined && found !== null) return retold(answer, 200, found);
  if (problems.length > 0) {
    const [first] = problems;
    const status =
      problems
        .map(({ given }) => given)
        .find((given) => given !== null && (given < 500 || answer.status >= 500)) ??
      (answer.status >= 400 && ![400, 422, 500].includes(answer.status)
        ? answer.status
        : statusOfProblem(first ?? { code: null, message: '' }, answer.status));
    return retold(answer, status, {
      message: first?.message ?? '',
      errors: problems.map(({ message, path, code, more }) => ({
        message,
        ...(path === null ? {} : { path }),
        ...(code === null ? {} : { code }),
        ...more,
      })),
    });
  }
  if (data === null) return answer;
  // One object was asked for by its id, and there is none for this actor.
  const asked = operation.method === 'GET' && operation.path.includes('{');
  return retold(answer, asked ? 404 : 200, asked ? { message: 'null' } : null);
}

interface Problem {
  readonly message: string;
  readonly code: string | null;
  /** Status that the server itself gives for it. */
  readonly given: number | null;
  /** Field of the input that it is about. */
  readonly path: readonly string[] | null;
  /** Details of validation libraries, kept for those who read them. */
  readonly more: Readonly<Record<string, unknown>>;
}

function problemsOf(errors: unknown): readonly Problem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((error: Readonly<Record<string, unknown>>): Problem => {
    const extensions = isRecord(error['extensions']) ? error['extensions'] : {};
    const message = typeof error['message'] === 'string' ? error['message'] : '';
    const code = typeof extensions['code'] === 'string' ? extensions['code'] : null;
    return {
      message,
      code,
      given: statusIn(extensions),
      path: inputPath(message),
      more: details(extensions),
    };
  });
}

function statusIn(extensions: Readonly<Record<string, unknown>>): number | null {
  const places = [extensions, extensions['http'], extensions['response'], extensions['originalError']];
  for (const place of places) {
    if (!isRecord(place)) continue;
    for (const name of ['status', 'statusCode']) {
      const given = place[name];
      if (typeof given === 'number' && given >= 400 && given < 600) return given;
    }
  }
  return null;
}

/** `Variable "$input" got invalid value 3 at "input.title"; ...` speaks about `title`. */
function inputPath(message: string): readonly string[] | null {
  const at = /^Variable "\$\w+" got invalid value .* at "\w+((?:\.\w+|\[\d+\])+)"/s.exec(message)?.[1];
  if (at !== undefined) return at.split(/[.[\]]+/).filter((part) => part !== '');
  const field = /^Variable "\$\w+" got invalid value .*Field "(\w+)"/s.exec(message)?.[1];
  return field === undefined ? null : [field];
}

function details(extensions: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept = [
    'issues',
    'validation',
    'validationErrors',
    'fieldErrors',
    'fields',
    'invalidArgs',
    'originalError',
  ];
  return Object.fromEntries(Object.entries(extensions).filter(([name]) => kept.includes(name)));
}
