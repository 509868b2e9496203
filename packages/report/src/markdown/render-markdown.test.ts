import { describe, expect, it } from 'vitest';
import { buildFinding } from '../fixtures/build-finding.ts';
import { buildReview } from '../fixtures/build-review.ts';
import { withHostileStrings } from '../fixtures/hostile-review.ts';
import { noGoReview } from '../fixtures/no-go-review.ts';
import { notProvenReview } from '../fixtures/not-proven-review.ts';
import { renderMarkdown } from '../index.ts';

/** The document without its code blocks and code spans, in which nothing is markup. */
const prose = (markdown: string): string =>
  markdown
    .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
    .replace(/(?<![\\`])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');

describe('renderMarkdown', () => {
  it('begins with the verdict', () => {
    expect(renderMarkdown(noGoReview)).toMatch(/^# ✗ No-go: Harbor Community\n\n\*\*Do not launch yet/);
  });

  it('keeps pipes and backticks of values inside their cell', () => {
    const title = 'a|b `c` \\| d';
    const findings = Array.from({ length: 11 }, (_, at) =>
      buildFinding({ id: `f${at}`, title, subject: { operation: 'GET /a|`b`' } }),
    );
    const row = renderMarkdown(buildReview({ findings }))
      .split('\n')
      .find((line) => line.startsWith('| High'));
    expect(row).toBe('| High | a\\|b \\`c\\` \\\\\\| d | `` GET /a\\|`b` `` | `f10` |');
  });

  it('fences a command by more backticks than it holds', () => {
    const finding = buildFinding({
      id: 'f',
      title: 'T',
      reproduce: { curl: 'curl x\n```\n# out', script: '' },
    });
    expect(renderMarkdown(buildReview({ findings: [finding] }))).toContain(
      '````sh\ncurl x\n```\n# out\n````',
    );
  });

  it('lets no value make markup, links, headings or mentions', () => {
    const text = prose(renderMarkdown(withHostileStrings(noGoReview)));
    expect(text).not.toMatch(/<(?!!-- -->)/);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    expect(text).not.toMatch(/(^|\W)@\w/m);
    expect(text).not.toMatch(/https?:\/\//);
    expect(text.match(/^# /gm)).toHaveLength(1);
  });

  it('stays short enough for a ticket with five hundred findings, and counts what it leaves out', () => {
    const findings = Array.from({ length: 500 }, (_, at) =>
      buildFinding({ id: `f${at}`, title: `Fault ${at}` }),
    );
    const text = renderMarkdown(buildReview({ findings }));
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('450 more findings are in the HTML and JSON reports.');
  });

  it('says when the run ended early and why there is no score', () => {
    const text = renderMarkdown(notProvenReview);
    expect(text).toContain('**This run ended early:** the target stopped answering after 6 requests');
    expect(text).toContain('No score, because 5 gates are not proven');
  });
});
