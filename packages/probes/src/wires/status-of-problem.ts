/** Error codes of GraphQL servers, tRPC and their like, as the status that resource-style servers give. */
const byCode: readonly (readonly [RegExp, number])[] = [
  [
    /^(unauthenticated|unauthorized|not_authenticated|no_auth|invalid_jwt|invalid-jwt|access-denied-anonymous)$/i,
    401,
  ],
  [
    /^(forbidden|access_denied|access-denied|permission-error|permission_denied|not_authorized|csrf.*)$/i,
    403,
  ],
  [/^(not_found|notfound|no_such_object)$/i, 404],
  [/^(conflict|already_exists|constraint-violation)$/i, 409],
  [/^(payload_too_large)$/i, 413],
  [/^(too_many_requests|throttled|rate_?limit(ed|_exceeded)?)$/i, 429],
  [
    /^(bad_user_input|bad_request|graphql_validation_failed|graphql_parse_failed|validation.*|invalid.*|unprocessable.*|parse_error|persisted_query.*|operation_resolution_failure|precondition_failed|method_not_supported|unsupported_media_type)$/i,
    400,
  ],
];

const byWords: readonly (readonly [RegExp, number])[] = [
  [
    /\b(not (logged|signed) in|(log|sign) in|unauthenticated|not authenticated|authentication (is )?(required|failed)|must be (logged|signed) in|missing (token|session)|no session|(token|session) (is )?(expired|invalid))\b/i,
    401,
  ],
  [
    /\b(forbidden|not allowed|not permitted|permission|access denied|denied|unauthori[sz]ed|not authori[sz]ed|may not|insufficient|row-level security)\b/i,
    403,
  ],
  [/\b(not found|not exist|no such|unknown (id|object|record)|cannot find|could not find)\b/i, 404],
  [/\b(too many|rate limit|slow down|throttled)\b/i, 429],
  [/\b(already|duplicate|conflict)\b/i, 409],
];

/**
 * The status of resource style that a problem stands for: told by its code, or by its words where many servers give every
 * problem the code of an inner error.
 */
export function statusOfProblem(
  problem: { readonly code: string | null; readonly message: string },
  /** Status of HTTP that it came with. */
  came: number,
): number {
  const { code, message } = problem;
  const coded = code === null ? undefined : byCode.find(([pattern]) => pattern.test(code))?.[1];
  if (coded !== undefined) return coded;
  const worded = byWords.find(([pattern]) => pattern.test(message))?.[1];
  if (worded !== undefined) return worded;
  // Words alone convict no server of a failure: many call every refusal an inner error.
  return came >= 500 ? came : 400;
}
