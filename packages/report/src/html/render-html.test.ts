import { describe, expect, it } from 'vitest';
import { buildFinding } from '../fixtures/build-finding.ts';
import { buildReview } from '../fixtures/build-review.ts';
import { goReview } from '../fixtures/go-review.ts';
import { withHostileStrings } from '../fixtures/hostile-review.ts';
import { noGoReview } from '../fixtures/no-go-review.ts';
import { notProvenReview } from '../fixtures/not-proven-review.ts';
import { scorecardWith } from '../fixtures/scorecard.ts';
import { renderHtml } from '../index.ts';

const page = renderHtml(noGoReview);
const attributes = (markup: string, name: string): readonly string[] =>
  [...markup.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '');

const tags = (markup: string): readonly string[] =>
  [...new Set([...markup.matchAll(/<([a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag ?? ''))].sort();

const titles = (markup: string): readonly string[] =>
  [...markup.matchAll(/<h2[^>]*><a[^>]*>([^<]*)</g)].map(([, title]) => title ?? '');

describe('renderHtml', () => {
  it('says the verdict in a word, with its sentence and the reason why there is no score', () => {
    expect(page).toContain('<title>No-go: Harbor Community');
    expect(page).toContain(noGoReview.verdict.sentence);
    expect(page).toContain('No score, because 1 gate is not proven (Secret handling); 6 of 10 lines judged.');
  });

  it('tells of every finding what was seen, what should be, how to see it again and how to mend it', () => {
    for (const finding of noGoReview.findings) {
      expect(page).toContain(`id="finding-${finding.id}"`);
      expect(page).toContain(finding.message.replaceAll("'", '&#39;'));
      for (const id of finding.evidence) expect(page).toContain(`<code>${id}</code>`);
    }
    expect(page).toContain(
      'An object made by one tenant answers actors of every other exactly like one that does not exist.',
    );
    expect(page).toContain('curl -sS -H &quot;cookie: $SOUTH_MEMBER_COOKIE&quot; http://127.0.0.1:4301/feed');
    expect(page).toContain('Turn on forced row-level security for the table');
    expect(page).toContain('CWE-639');
    expect(page).toContain('OWASP API1:2023');
  });

  it('needs nothing from outside and allows nothing but its own styles', () => {
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;');
    for (const name of ['src', 'srcset', 'action', 'data', 'poster'])
      expect(attributes(page, name)).toEqual([]);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b/i);
    expect(page).not.toMatch(/url\(|@import/i);
  });

  it('links only to places that exist in the page', () => {
    const ids = new Set(attributes(page, 'id'));
    const links = attributes(page, 'href');
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((link) => !link.startsWith('#') || !ids.has(link.slice(1)))).toEqual([]);
  });

  it('has every part of a full review, and leaves out of an empty one what would say nothing', () => {
    expect(titles(page)).toEqual([
      'Gates',
      'Red flags',
      'Scorecard',
      'Acceptance rules',
      'Findings',
      'Today',
      '48-hour plan',
      'Not tested',
      'Coverage',
      'Checks and their evidence',
      'Latency',
      'Changes since the baseline',
      'Waivers',
      'Attestations',
      'Left behind',
      'About this run',
    ]);
    expect(titles(renderHtml(buildReview()))).toEqual([
      'Gates',
      'Scorecard',
      'Findings',
      'Not tested',
      'Coverage',
      'Checks and their evidence',
      'Left behind',
      'About this run',
    ]);
  });

  it('gives no two elements the same id', () => {
    const ids = attributes(page, 'id');
    expect(ids.length).toBe(new Set(ids).size);
  });

  it('says every state by a word, not by its colour alone', () => {
    const bare = page.replace(/<svg[\s\S]*?<\/svg>/g, '');
    const badges = [...bare.matchAll(/<span class="badge [a-z]+"\s*>([^<]*)<\/span/g)].map(
      ([, word]) => word,
    );
    expect(badges.length).toBeGreaterThan(20);
    expect(badges.filter((word) => (word ?? '').trim() === '')).toEqual([]);
  });

  it('escapes hostile text in every string of a review', () => {
    const plain = renderHtml(noGoReview);
    const hostile = renderHtml(withHostileStrings(noGoReview));
    expect(hostile).toContain('&lt;script&gt;');
    expect(hostile).not.toMatch(/<script|<img|onerror="|<\/title><script/i);
    expect(tags(hostile).filter((tag) => !tags(plain).includes(tag))).toEqual([]);
    expect(attributes(hostile, 'href').filter((link) => !/^#[\w-]+$/.test(link))).toEqual([]);
    expect(
      attributes(hostile, 'style').filter((style) => !/^[a-z-]+: [\d.]+%?(; [a-z-]+: [\d.]+%)?$/.test(style)),
    ).toEqual([]);
    expect(hostile).not.toMatch(/(?![\t\n])\p{Cc}|[\u200b\u202a-\u202e\u2066-\u2069]/u);
    expect(hostile.isWellFormed()).toBe(true);
  });

  it('keeps text in quotes inside its attribute', () => {
    const markup = renderHtml(buildReview({ findings: [buildFinding({ id: '" onclick="x', title: 'T' })] }));
    expect(markup).not.toContain('onclick="');
    expect(markup).toContain('id="finding-_22__20_onclick_3d__22_x"');
  });

  it('does not call an empty review a proof', () => {
    const markup = renderHtml(buildReview());
    expect(markup).toContain('this is not a proof of safety');
    expect(markup).not.toMatch(/undefined|NaN|\[object/);
  });

  it('breaks a long reason into its statements and folds all but the first two', () => {
    const because =
      'one check (64 trials; 2 leaks) failed; south.member got in; no check named a/b was run; the rest is open';
    const [line] = scorecardWith({ 'SC-AUTHN': { status: 'fail', because } });
    const markup = renderHtml(buildReview({ lines: line === undefined ? [] : [line] })).replace(/\s+/g, ' ');
    expect(markup).toContain('<p>One check (64 trials; 2 leaks) failed</p><p>south.member got in</p>');
    expect(markup).toContain('<summary>2 more</summary>');
    expect(markup).toContain('<li>No check named a/b was run</li><li>The rest is open</li>');
  });

  it('gathers what was not tested by its reason, what can be made testable first', () => {
    const open = { because: 'nobody looked', testableBy: null };
    const notTested = [
      { ...open, what: 'mail' },
      { what: 'logs', because: 'no source', testableBy: 'Name one.' },
      { ...open, what: 'uploads' },
    ];
    const markup = renderHtml(buildReview({ coverage: { operations: [], actors: [], notTested } })).replace(
      /\s+/g,
      ' ',
    );
    expect(markup.match(/Nobody looked/g)).toHaveLength(1);
    expect(markup.indexOf('Name one.')).toBeLessThan(markup.indexOf('Nobody looked'));
    expect(markup).toContain('<li>mail</li><li>uploads</li>');
  });

  it('says that nothing was found when nothing was, and points to what that rests on', () => {
    expect(renderHtml(goReview)).toContain(
      'Nothing was found. What that rests on is listed under passed checks',
    );
  });

  it('says that an interrupted run ended early, and why', () => {
    const markup = renderHtml(notProvenReview);
    expect(markup).toContain('This run ended early:');
    expect(markup).toContain('the target stopped answering after 6 requests');
    expect(markup).toContain('No score, because 5 gates are not proven');
    expect(markup).not.toMatch(/undefined|NaN|\[object/);
  });

  it('holds all of five hundred findings, and opens only the first', () => {
    const findings = Array.from({ length: 500 }, (_, at) =>
      buildFinding({ id: `f${at}`, title: `Finding ${at}` }),
    );
    const markup = renderHtml(buildReview({ findings }));
    expect(markup.match(/<details\s+class="finding /g)).toHaveLength(500);
    expect(markup.match(/<details\s+class="finding [^>]*\sopen\s*>/g)).toHaveLength(1);
    expect(markup).toContain('500 findings, the worst first');
    expect(markup).toContain('<a href="#findings-high"');
  });

  it('gives the same file for the same review', () => {
    expect(renderHtml({ ...noGoReview, findings: [...noGoReview.findings] })).toBe(page);
  });
});
