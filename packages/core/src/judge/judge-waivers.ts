import * as z from 'zod';
import type { Finding } from '../model/finding.ts';
import { waiver, type WaiverUse } from '../model/waiver.ts';
import { oneLine } from './one-line.ts';

export interface JudgedWaivers {
  /** Every waiver in the order given, with what became of it. */
  readonly uses: readonly WaiverUse[];
  /** The findings, those that are accepted marked so. */
  readonly findings: readonly Finding[];
}

/**
 * Applies accepted findings. A waiver that does not parse, or whose day has passed, is expired and waives nothing; one
 * whose finding was not seen is told as unused.
 *
 * @param today ISO date; a waiver still holds on the day it names
 */
export function judgeWaivers(
  values: readonly unknown[],
  findings: readonly Finding[],
  today: string,
): JudgedWaivers {
  const seen = new Set(findings.map((finding) => finding.id));
  const uses = values.map((value) => judgeWaiver(value, seen, today));
  const accepted = new Set(uses.flatMap((use) => (use.state === 'used' ? [use.finding] : [])));
  return { uses, findings: findings.map((finding) => ({ ...finding, waived: accepted.has(finding.id) })) };
}

function judgeWaiver(value: unknown, seen: ReadonlySet<string>, today: string): WaiverUse {
  const parsed = waiver.safeParse(value);
  if (!parsed.success) {
    return {
      ...whatIsReadable(value),
      state: 'expired',
      because: `not a valid waiver: ${whatIsWrong(parsed.error)}`,
    };
  }
  const { finding, reason, owner, expires } = parsed.data;
  const named = { finding, reason, owner, expires };
  if (expires < today) return { ...named, state: 'expired', because: `it ended on ${expires}` };
  if (!seen.has(finding))
    return { ...named, state: 'unused', because: 'no finding with this id was seen in this run' };
  return { ...named, state: 'used', because: `accepted by ${owner} until ${expires}` };
}

const whatIsWrong = (error: z.ZodError): string =>
  error.issues.map((issue) => oneLine(`${issue.path.join('.') || 'waiver'}: ${issue.message}`)).join('; ');

const readable = z.object({
  finding: z.string().catch(''),
  reason: z.string().catch(''),
  owner: z.string().catch(''),
  expires: z.string().catch(''),
});

const whatIsReadable = (value: unknown): z.infer<typeof readable> =>
  readable.catch({ finding: '', reason: '', owner: '', expires: '' }).parse(value);
