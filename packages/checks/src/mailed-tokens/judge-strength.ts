import type { EvidenceId, Gathered, Outcome } from '@launch-ready/core';

type Strength = Gathered<'resetReplay'>['strength'];

/** Random bits below which a token of a link can be guessed, and below which a typed code can. ASVS 5.0 6.5.2 and 6.6.3. */
interface StrengthOptions {
  readonly minBits: number;
  readonly minCodeBits: number;
}

/** Judges tokens of one kind by what several of them look like. */
export function judgeStrength(
  id: EvidenceId,
  strength: Strength | undefined,
  what: string,
  { minBits, minCodeBits }: StrengthOptions,
  untried: string,
): Outcome {
  if (strength == null) return { status: 'unknown', because: untried, evidence: [id] };
  const { count, bits, shape, looks, consecutive, repeats, holdsTime } = strength;
  const least = shape === 'typed-code' ? minCodeBits : minBits;
  const said = `${count} tokens of ${what} are ${looks}, ${bits} bits of which can be random`;
  const bad = repeats
    ? ['repeats', 'two of them are the same']
    : consecutive
      ? ['counts up', 'each is the one before plus a small number']
      : shape !== 'signed' && bits < least
        ? [
            'too short',
            `fewer than ${least} bits can be random${holdsTime ? ', and they hold the time at which they were made' : ''}`,
          ]
        : null;
  if (bad !== null)
    return {
      status: 'fail',
      because: `${said}: ${bad[1] ?? ''}`,
      findings: [
        {
          subject: { relation: 'token', variant: bad[0] ?? '' },
          message: `${said}: ${bad[1] ?? ''}`,
          actors: [],
          evidence: [id],
        },
      ],
    };
  if (count < 3)
    return { status: 'unknown', because: `${said}; two tokens are too few to compare`, evidence: [id] };
  return { status: 'pass', because: said, evidence: [id] };
}
