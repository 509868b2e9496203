import * as z from 'zod';
import { actor } from './actor.ts';
import { attestation } from './attestation.ts';
import { finding } from './finding.ts';
import { citationId } from './ids.ts';
import { outboundEffects } from './outbound-effects.ts';
import { permissionMatrix } from './permissions.ts';
import { references } from './reference.ts';
import { severity } from './severity.ts';
import { waiverUse } from './waiver.ts';

/** Version of the shape below. A reader refuses a higher major number. */
export const schemaVersion = '1.0';
/** Version of the rules that turn evidence into a verdict; raised whenever the same evidence could be judged differently. */
export const algorithmVersion = '1';

export const runMode = z.enum(['observe', 'standard', 'full']);
export type RunMode = z.infer<typeof runMode>;

export const lineStatus = z.enum(['pass', 'fail', 'unknown', 'not-applicable']);
export type LineStatus = z.infer<typeof lineStatus>;

export const verdictKind = z.enum(['go', 'no-go', 'not-proven']);
export type VerdictKind = z.infer<typeof verdictKind>;

export const checkResult = z
  .object({
    id: z.string(),
    title: z.string().describe('the good state on a pass, the bad state on a failure'),
    criterion: z.string(),
    severity,
    status: z.enum(['pass', 'fail', 'unknown', 'not-applicable', 'error']),
    because: z.string(),
    evidence: z.array(citationId).readonly(),
    findings: z.array(z.string()).readonly().describe('ids of its findings'),
    lines: z.array(z.string()).readonly(),
    references,
  })
  .readonly();
export type CheckResult = z.infer<typeof checkResult>;

export const lineResult = z
  .object({
    id: z.string(),
    title: z.string(),
    criterion: z.string(),
    gate: z.boolean(),
    status: lineStatus,
    because: z.string(),
    checks: z.array(z.string()).readonly(),
    notYetExamined: z.array(z.string()).readonly(),
    thresholds: z
      .array(
        z
          .object({
            name: z.string(),
            value: z.union([z.number(), z.string()]),
            unit: z.string().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    whyItMatters: z.string(),
    whatBreaks: z.string(),
    references,
  })
  .readonly();
export type LineResult = z.infer<typeof lineResult>;

export const verdict = z
  .object({
    kind: verdictKind,
    sentence: z.string(),
    failedGates: z.array(z.string()).readonly(),
    unknownGates: z.array(z.string()).readonly(),
  })
  .readonly();
export type Verdict = z.infer<typeof verdict>;

export const redFlag = z
  .object({
    id: z.string(),
    statement: z.string(),
    why: z.string(),
    state: z.enum(['raised', 'clear', 'unanswered']),
    because: z.string(),
  })
  .readonly();
export type RedFlag = z.infer<typeof redFlag>;

export const planStep = z
  .object({
    id: z.string(),
    title: z.string(),
    fromHour: z.number(),
    toHour: z.number(),
    lines: z.array(z.string()).readonly(),
    findings: z.array(z.string()).readonly(),
    steps: z.array(z.string()).readonly(),
    because: z.string(),
  })
  .readonly();
export type PlanStep = z.infer<typeof planStep>;

export const notTested = z
  .object({
    what: z.string(),
    because: z.string(),
    testableBy: z.string().nullable(),
  })
  .readonly();
export type NotTested = z.infer<typeof notTested>;

export const leftover = z
  .object({
    ref: z.string(),
    type: z.string(),
    owner: z.string(),
    because: z.string(),
  })
  .readonly();
export type Leftover = z.infer<typeof leftover>;

/** The one document that everything renders from. */
export const review = z
  .object({
    schemaVersion: z.literal(schemaVersion),
    algorithmVersion: z.string(),
    tool: z.object({ name: z.literal('launch-ready'), version: z.string(), node: z.string() }).readonly(),
    run: z
      .object({
        id: z.string(),
        startedAt: z.iso.datetime(),
        durationMs: z.number().nonnegative(),
        mode: runMode,
        requests: z.int().nonnegative(),
        interrupted: z.string().nullable().describe('why the run ended early; null when it ran to its end'),
      })
      .readonly(),
    target: z
      .object({
        name: z.string(),
        origins: z.record(z.string(), z.string()).readonly(),
        tenants: z.array(z.string()).readonly(),
        actors: z.array(actor).readonly(),
      })
      .readonly(),
    profile: z.object({ id: z.string(), title: z.string() }).readonly(),
    verdict,
    score: z
      .object({
        value: z.int().min(0).max(100).nullable().describe('null while a gate is not proven'),
        coverage: z
          .object({ judged: z.int().nonnegative(), of: z.int().nonnegative() })
          .readonly()
          .describe('lines that were judged, of the lines that apply'),
      })
      .readonly(),
    lines: z.array(lineResult).readonly(),
    acceptance: z
      .array(
        z
          .object({
            id: z.string(),
            text: z.string(),
            state: z.enum(['met', 'not-met', 'not-proven']),
            because: z.string(),
          })
          .readonly(),
      )
      .readonly(),
    checks: z.array(checkResult).readonly(),
    findings: z.array(finding).readonly(),
    redFlags: z
      .object({
        flags: z.array(redFlag).readonly(),
        raised: z.int().nonnegative(),
        seniorEngineer: z.boolean(),
      })
      .readonly(),
    coverage: z
      .object({
        operations: z
          .array(
            z
              .object({
                operation: z.string(),
                trials: z.int().nonnegative(),
                proven: z.int().nonnegative().describe('trials that ended in a proof either way'),
                inconclusive: z.int().nonnegative(),
              })
              .readonly(),
          )
          .readonly(),
        actors: z
          .array(
            z
              .object({
                actor: z.string(),
                tenant: z.string(),
                role: z.string(),
                proven: z.boolean(),
                because: z.string(),
              })
              .readonly(),
          )
          .readonly(),
        notTested: z.array(notTested).readonly(),
        permissions: permissionMatrix
          .nullable()
          .optional()
          .describe('which role was seen to be allowed what; null when it was not looked at'),
      })
      .readonly(),
    latency: z
      .array(
        z
          .object({
            operation: z.string(),
            count: z.int().positive(),
            p50Ms: z.number(),
            p95Ms: z.number(),
          })
          .readonly(),
      )
      .readonly()
      .describe('of the answers of this run, one client, not a load test'),
    plan: z.array(planStep).readonly(),
    today: z.array(z.object({ title: z.string(), how: z.string() }).readonly()).readonly(),
    attestations: z.array(attestation).readonly(),
    waivers: z.array(waiverUse).readonly(),
    changes: z
      .object({
        against: z.string().describe('run id of the baseline'),
        new: z.array(z.string()).readonly(),
        fixed: z.array(z.string()).readonly(),
        same: z.array(z.string()).readonly(),
        cannotTell: z
          .array(z.string())
          .readonly()
          .optional()
          .describe('not seen again, but the check could not look this time: not to be called fixed'),
      })
      .readonly()
      .nullable(),
    leftovers: z.array(leftover).readonly(),
    outbound: outboundEffects.optional(),
  })
  .readonly();
export type Review = z.infer<typeof review>;
