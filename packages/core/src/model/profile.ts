import type { References } from './reference.ts';

export const profileIds = [
  'b2b-community',
  'marketplace-community',
  'client-portal',
  'internal-ops',
  'coach-community',
] as const;
export type ProfileId = (typeof profileIds)[number];

/** A number or level that a line is judged by, kept as data so that profiles can differ. */
export interface Threshold {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string | null;
}

/** A check that a line rests on, with the options this profile sets for it. */
export interface LineCheck {
  readonly id: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** One row of a scorecard. */
export interface ProfileLine {
  /** Requirement id, such as `SC-AUTHZ`. */
  readonly id: string;
  readonly title: string;
  readonly criterion: string;
  /** A failed gate stops the launch; a gate that is not proven keeps the verdict from being go. */
  readonly gate: boolean;
  /** Share in the score, relative to the other lines. */
  readonly weight: number;
  readonly whyItMatters: string;
  readonly whatBreaks: string;
  readonly thresholds: readonly Threshold[];
  readonly checks: readonly LineCheck[];
  /** What the criterion asks that no check looks at yet; while this is not empty the line cannot pass. */
  readonly notYetExamined: readonly string[];
  readonly references: References;
}

/** A sign that more is wrong than one fix mends. Raised by failed checks, or by the answer to a question. */
export interface RedFlagRule {
  readonly id: string;
  readonly statement: string;
  readonly why: string;
  readonly raisedBy:
    | { readonly kind: 'checks'; readonly checks: readonly string[] }
    | { readonly kind: 'answer'; readonly question: string; readonly answer: 'yes' | 'no' };
}

/** Something only a person can answer. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly why: string;
}

export interface TodayFix {
  readonly title: string;
  readonly how: string;
  readonly lines: readonly string[];
}

/** A piece of work of the 48-hour sprint that mends failed lines. Hours count from the start of the sprint. */
export interface Deliverable {
  readonly id: string;
  readonly title: string;
  readonly fromHour: number;
  readonly toHour: number;
  readonly lines: readonly string[];
  readonly steps: readonly string[];
}

/** One rule of the go or no-go decision. Met when every line it names passes. */
export interface AcceptanceRule {
  readonly id: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** What the rule asks that no line of this profile covers, so that it is never met by silence. */
  readonly notYetExamined: readonly string[];
  /** Numbers of the rule itself, when no line carries them. */
  readonly thresholds?: readonly Threshold[];
}

/** One launch checklist as data. */
export interface Profile {
  readonly id: ProfileId;
  readonly title: string;
  readonly audience: string;
  readonly summary: string;
  readonly lines: readonly ProfileLine[];
  readonly acceptance: readonly AcceptanceRule[];
  /** So many failed lines stop the launch even when none is a gate. */
  readonly failuresThatStop: number;
  readonly redFlags: readonly RedFlagRule[];
  /** So many red flags mean: bring in a senior engineer. */
  readonly redFlagsForSenior: number;
  readonly questions: readonly Question[];
  readonly today: readonly TodayFix[];
  readonly plan: readonly Deliverable[];
  readonly readingList: readonly { readonly title: string; readonly url: string }[];
}
