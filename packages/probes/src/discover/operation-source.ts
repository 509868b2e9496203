/**
 * Where an operation was found, as its `sources` say: `openapi: /openapi.json as north.admin`, `har: traffic.har`,
 * `postman: api.json`, `source: src/app.ts:12`, `guess: ...`.
 */
const documented = /^(openapi|postman|graphql|trpc|postgrest): /;

/** Whether a source is a description that the application's owner gives, and not traffic, code or a guess. */
export const fromDocument = (source: string): boolean => documented.test(source);
