import type { Threshold } from '@launch-ready/core';

/** DMARC policies from weakest to strictest (RFC 9989). */
export type DmarcPolicy = 'none' | 'quarantine' | 'reject';

/** The weakest DMARC policy that the line accepts on the sending domain. */
export const weakestDmarcPolicy = (value: DmarcPolicy): Threshold => ({
  name: 'weakest DMARC policy',
  value,
  unit: null,
});

/** Login attempts that one address may make in a minute before it is told to wait. */
export const loginAttempts = (value: number): Threshold => ({
  name: 'login attempts from one address',
  value,
  unit: 'per minute',
});

/** What requests are counted by, such as `address and account`. */
export const countedBy = (value: string): Threshold => ({ name: 'attempts counted by', value, unit: null });

/** Shortest and longest life of an unused invite. */
export const inviteLife = (minHours: number, maxHours: number): readonly Threshold[] => [
  { name: 'shortest invite life', value: minHours, unit: 'hours' },
  { name: 'longest invite life', value: maxHours, unit: 'hours' },
];

/** Shortest and longest life of tokens that open an account or act for it without a password. */
export const highRiskTokenLife = (minMinutes: number, maxMinutes: number): readonly Threshold[] => [
  { name: 'shortest life of high-risk tokens', value: minMinutes, unit: 'minutes' },
  { name: 'longest life of high-risk tokens', value: maxMinutes, unit: 'minutes' },
];

/** Longest time between a failure and the alert in front of a person. */
export const alertDelay = (minutes: number): Threshold => ({
  name: 'longest alert delay',
  value: minutes,
  unit: 'minutes',
});

/** Days before a certificate ends by which somebody must have been told. */
export const certificateWarning = (days: number): Threshold => ({
  name: 'certificate warning',
  value: days,
  unit: 'days ahead',
});

/** The 95th percentile of answer times that the core flows must stay under. */
export const p95OfCoreFlows = (milliseconds: number): Threshold => ({
  name: 'p95 of core flows',
  value: milliseconds,
  unit: 'ms',
});
