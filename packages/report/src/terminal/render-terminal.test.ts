import { describe, expect, it } from 'vitest';
import { buildFinding } from '../fixtures/build-finding.ts';
import { buildReview } from '../fixtures/build-review.ts';
import { goReview } from '../fixtures/go-review.ts';
import { withHostileStrings } from '../fixtures/hostile-review.ts';
import { noGoReview } from '../fixtures/no-go-review.ts';
import { notProvenReview } from '../fixtures/not-proven-review.ts';
import { renderTerminal } from '../index.ts';
import { displayWidth } from './display-width.ts';

const plain = (review = noGoReview, width = 80): string => renderTerminal(review, { color: false, width });
const lines = (text: string): readonly string[] => text.split('\n');
const withoutColour = (text: string): string => text.replace(/\p{Cc}\[\d+m/gu, '');

describe('renderTerminal', () => {
  it('begins with the verdict and its sentence', () => {
    const [, first, second] = lines(plain());
    expect(first).toBe(' ✗ NO-GO');
    expect(second).toContain('Do not launch yet');
  });

  it.each([80, 110])('keeps every line within %i columns', (width) => {
    for (const review of [noGoReview, notProvenReview, goReview]) {
      expect(lines(plain(review, width)).filter((line) => displayWidth(line) > width)).toEqual([]);
    }
  });

  it.each([40, 60])('leaves only words of a command whole when there are %i columns', (width) => {
    const wide = lines(plain(noGoReview, width)).filter((line) => displayWidth(line) > width);
    expect(wide.filter((line) => !/^ {5}(http:\S+|'.*'|".*")( \\)?$/.test(line))).toEqual([]);
  });

  it('keeps the width with letters of two columns', () => {
    const review = buildReview({
      findings: [buildFinding({ id: 'a', title: '投稿が他のテナントから書き換えられる'.repeat(6) })],
    });
    expect(lines(plain(review)).filter((line) => displayWidth(line) > 80)).toEqual([]);
  });

  it('says the same without colour as with it', () => {
    const coloured = renderTerminal(noGoReview, { color: true, width: 80 });
    expect(coloured).toContain('\u001b[31m');
    expect(withoutColour(coloured).replace(/ +$/gm, '')).toBe(plain());
    expect(plain()).not.toContain('\u001b');
  });

  it('says each result of the scorecard by sign and word', () => {
    expect(plain()).toMatch(/✗ Fail +Authorization \*/);
    expect(plain()).toMatch(/✓ Pass +Invite flow \*/);
    expect(plain()).toMatch(/\? Not proven +Monitoring/);
  });

  it('folds a command only where it can still be copied', () => {
    expect(plain()).toContain(
      '   curl -sS -X PATCH -H "cookie: $SOUTH_MEMBER_COOKIE" -H \\\n     \'content-type: application/json\' -d \'{"body":"changed from outside"}\' \\\n',
    );
  });

  it('names what was not tested, what was left behind and where the reports are', () => {
    const text = renderTerminal(noGoReview, { color: false, reports: ['reports/review.html'] });
    expect(text).toContain('To test it: Set SOUTH_ADMIN to the right password.');
    expect(text).toContain('posts/88412');
    expect(text).toContain('   reports/review.html');
  });

  it('tells five findings in full and counts the rest', () => {
    const findings = Array.from({ length: 500 }, (_, at) =>
      buildFinding({ id: `f${at}`, title: `Fault ${at}` }),
    );
    const text = plain(buildReview({ findings }));
    expect(text.match(/High: Fault/g)).toHaveLength(5);
    expect(text).toContain('495 more findings are in the reports.');
  });

  it('says when the run ended early', () => {
    expect(plain(notProvenReview)).toContain(
      '! This run ended early: the target stopped answering after 6 requests.',
    );
  });

  it('lets no text of the target steer the terminal', () => {
    expect(plain(withHostileStrings(noGoReview))).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
  });
});
