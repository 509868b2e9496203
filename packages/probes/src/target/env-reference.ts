import * as z from 'zod';

/** Why a text is refused where a secret belongs. */
export const fromEnvironment =
  'a secret must not stand in the file; write env("NAME") and set NAME in the environment';

export const envReference = z.strictObject({
  env: z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable'),
});
/** The name of an environment variable that holds a value. */
export type EnvReference = z.infer<typeof envReference>;

/** A secret: only by the name of its environment variable. */
export const secret = z.custom<EnvReference>((value) => envReference.safeParse(value).success, {
  error: (issue) => (typeof issue.input === 'string' ? fromEnvironment : 'must be env("NAME")'),
});
