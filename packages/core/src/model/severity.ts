import * as z from 'zod';

/** From worst to mildest. `info` never fails a line. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

/** Sorts the worst first. */
export const compareSeverity = (a: Severity, b: Severity): number =>
  severities.indexOf(a) - severities.indexOf(b);
