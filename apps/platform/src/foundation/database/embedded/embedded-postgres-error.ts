/** A reason in one line why the embedded database server cannot be used. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
