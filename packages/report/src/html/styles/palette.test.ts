import { describe, expect, it } from 'vitest';
import { dark, light, type Palette } from './palette.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const pairs: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(['ink', 'soft', 'accent'] as const).flatMap((text) =>
    (['ground', 'surface', 'sunken', 'quietGround'] as const).map((ground) => [text, ground] as const),
  ),
  ...(['goodGround', 'badGround', 'unsureGround'] as const).flatMap(
    (ground) =>
      [
        ['ink', ground],
        ['soft', ground],
      ] as const,
  ),
  ['good', 'goodGround'],
  ['bad', 'badGround'],
  ['unsure', 'unsureGround'],
  ['quiet', 'quietGround'],
  ['good', 'ground'],
  ['bad', 'ground'],
  ['unsure', 'ground'],
  ['bad', 'surface'],
  ['medium', 'surface'],
  ['low', 'surface'],
  ['good', 'surface'],
  ['unsure', 'surface'],
];

describe('the palette', () => {
  it.each([
    ['light', light],
    ['dark', dark],
  ] as const)('keeps %s text readable on every ground it stands on', (_, palette) => {
    const weak = pairs.filter(([text, ground]) => contrast(palette[text], palette[ground]) < 4.5);
    expect(weak).toEqual([]);
  });

  it('measures contrast as the standard does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
