import { describe, expect, it } from 'vitest';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { moment } from './moment.ts';
import { visibleLine, visibleText } from './visible-text.ts';

describe('words', () => {
  it('counts with grouping and the right plural', () => {
    expect([count(1, 'finding'), count(0, 'finding'), count(12480, 'gate is', 'gates are')]).toEqual([
      '1 finding',
      '0 findings',
      '12,480 gates are',
    ]);
  });

  it('says durations as people do', () => {
    expect([840, 12_400, 59_990, 184_320, 3_720_000].map(duration)).toEqual([
      '840 ms',
      '12.4 s',
      '1 min 0 s',
      '3 min 4 s',
      '1 h 2 min',
    ]);
  });

  it('writes a moment in words and leaves what is none', () => {
    expect(moment('2026-11-01T09:14:03.120Z')).toBe('1 Nov 2026, 09:14 UTC');
    expect(moment('2026-13-01T09:14:03Z')).toBe('2026-13-01T09:14:03Z');
    expect(moment('yesterday')).toBe('yesterday');
  });

  it('shows what cannot be seen and keeps line feeds and tabs', () => {
    expect(visibleText('a\u001b[31m\u0000\u202eb\u007f\r\nc\td\ud800')).toBe('a␛[31m␀⟨U+202E⟩b␡\nc\td\ufffd');
    expect(visibleLine(' a\n\tb ')).toBe('a b');
  });
});
