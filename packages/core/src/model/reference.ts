import * as z from 'zod';

/** Ids in public catalogues: CWE, OWASP API Security Top 10 (2023), OWASP ASVS 5.0. */
export const references = z
  .object({
    cwe: z.array(z.templateLiteral(['CWE-', z.int().positive()])).readonly(),
    owaspApi: z.array(z.string().regex(/^API([1-9]|10):2023$/)).readonly(),
    asvs: z.array(z.string().regex(/^\d+\.\d+\.\d+$/)).readonly(),
  })
  .readonly();
export type References = z.infer<typeof references>;
