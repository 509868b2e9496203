import * as z from 'zod';
import { actorId, citationId, type CitationId } from './ids.ts';
import { references } from './reference.ts';
import { severity, type Severity } from './severity.ts';

/** What a finding is about. Only the named parts go into its fingerprint; `host` does not. */
export const subject = z
  .object({
    operation: z.string().optional(),
    host: z.string().optional(),
    file: z.string().optional(),
    record: z.string().optional(),
    cookie: z.string().optional(),
    header: z.string().optional(),
    relation: z
      .string()
      .optional()
      .describe('who did it to whose object: `foreign member`, `anonymous`, `lower role`'),
    variant: z.string().optional().describe('tells apart findings that share everything else'),
  })
  .readonly();
export type Subject = z.infer<typeof subject>;

/** Ways to see the finding again. Credentials appear as environment variables, never as values. */
export const reproduction = z
  .object({
    curl: z.string(),
    script: z
      .string()
      .describe(
        'Node script that exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell',
      ),
  })
  .readonly();
export type Reproduction = z.infer<typeof reproduction>;

export const fix = z
  .object({
    summary: z.string(),
    steps: z.array(z.string()).readonly(),
    today: z.string().nullable().describe('what can be done today without help'),
    effort: z.enum(['minutes', 'hours', 'days']),
  })
  .readonly();
export type Fix = z.infer<typeof fix>;

/** A fault that was seen, with everything needed to believe it, repeat it and mend it. */
export const finding = z
  .object({
    id: z.string().describe('fingerprint: stays the same in a rescan, on another port and with other ids'),
    check: z.string(),
    line: z.string().nullable(),
    severity,
    title: z.string(),
    message: z.string(),
    subject,
    actors: z.array(actorId).readonly(),
    evidence: z.tuple([citationId]).rest(citationId).readonly(),
    reproduce: reproduction.nullable(),
    fix,
    references,
    waived: z.boolean(),
  })
  .readonly();
export type Finding = z.infer<typeof finding>;

/** What a check says of one fault; the runner adds what the check itself declares. */
export interface FindingDraft {
  readonly subject: Subject;
  /** What was seen, as a statement, without secrets. */
  readonly message: string;
  readonly actors: readonly string[];
  readonly evidence: readonly [CitationId, ...CitationId[]];
  readonly reproduce?: Reproduction | null;
  /** Only when it differs from the check's own. */
  readonly severity?: Severity;
}
