/** Which part of a secret is changed. */
export type TamperedPart = 'start' | 'second-half';

/**
 * Changes a secret so that it cannot be valid while it keeps its shape: the signature of a signed value, otherwise the value
 * itself. Its first characters are changed, because the last one of a base64 text may carry no bits; or its whole second half, for
 * servers that compare only how a secret begins.
 */
export function tamperSecret(value: string, part: TamperedPart = 'start'): string {
  const dot = value.lastIndexOf('.');
  const start = dot >= 0 && value.length - dot > 8 ? dot + 1 : 0;
  const pieces = value.slice(start).match(/%[0-9a-f]{2}|[^]/gi) ?? [];
  const changeable = pieces.flatMap((piece, index) => (/^[a-z\d]$/i.test(piece) ? [index] : []));
  const chosen = new Set(
    part === 'start' ? changeable.slice(0, 8) : changeable.slice(Math.floor(changeable.length / 2)),
  );
  if (chosen.size === 0) return `${value}x`;
  return (
    value.slice(0, start) +
    pieces.map((piece, index) => (chosen.has(index) ? rotated(piece) : piece)).join('')
  );
}

function rotated(letter: string): string {
  const alphabet = /\d/.test(letter)
    ? '0123456789'
    : /[a-f]/.test(letter)
      ? 'abcdef'
      : /[A-F]/.test(letter)
        ? 'ABCDEF'
        : null;
  const range = alphabet ?? (/[a-z]/.test(letter) ? 'ghijklmnopqrstuvwxyz' : 'GHIJKLMNOPQRSTUVWXYZ');
  return range.charAt((range.indexOf(letter) + 3) % range.length);
}
