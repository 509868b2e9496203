import type {
  CheckResult,
  LineStatus,
  RedFlag,
  Review,
  Severity,
  VerdictKind,
  WaiverUse,
} from '@launch-ready/core';

/** What a state means to a reader; colours follow it and never stand alone. */
export type Tone = 'good' | 'bad' | 'unsure' | 'quiet';

/** A state as people read it: a sign for the eye, a word for everyone, and a tone. */
export interface StatusWord {
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
}

export const verdictWords: Readonly<Record<VerdictKind, StatusWord>> = {
  go: { sign: '✓', word: 'Go', tone: 'good' },
  'no-go': { sign: '✗', word: 'No-go', tone: 'bad' },
  'not-proven': { sign: '?', word: 'Not proven', tone: 'unsure' },
};

export const lineWords: Readonly<Record<LineStatus, StatusWord>> = {
  pass: { sign: '✓', word: 'Pass', tone: 'good' },
  fail: { sign: '✗', word: 'Fail', tone: 'bad' },
  unknown: { sign: '?', word: 'Not proven', tone: 'unsure' },
  'not-applicable': { sign: '–', word: 'Not applicable', tone: 'quiet' },
};

export const checkWords: Readonly<Record<CheckResult['status'], StatusWord>> = {
  ...lineWords,
  error: { sign: '!', word: 'Check broke', tone: 'unsure' },
};

export const acceptanceWords: Readonly<Record<Review['acceptance'][number]['state'], StatusWord>> = {
  met: { sign: '✓', word: 'Met', tone: 'good' },
  'not-met': { sign: '✗', word: 'Not met', tone: 'bad' },
  'not-proven': { sign: '?', word: 'Not proven', tone: 'unsure' },
};

export const redFlagWords: Readonly<Record<RedFlag['state'], StatusWord>> = {
  raised: { sign: '✗', word: 'Raised', tone: 'bad' },
  clear: { sign: '✓', word: 'Clear', tone: 'good' },
  unanswered: { sign: '?', word: 'Unanswered', tone: 'unsure' },
};

export const waiverWords: Readonly<Record<WaiverUse['state'], StatusWord>> = {
  used: { sign: '✓', word: 'In use', tone: 'quiet' },
  unused: { sign: '–', word: 'Unused', tone: 'quiet' },
  expired: { sign: '✗', word: 'Expired', tone: 'bad' },
};

export const actorWords = {
  proven: { sign: '✓', word: 'Login proven', tone: 'good' },
  unproven: { sign: '?', word: 'Not proven', tone: 'unsure' },
} as const satisfies Record<string, StatusWord>;

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};
