/**
 * Changes a secret so that it cannot be valid while it keeps its shape: the signature of a signed value, otherwise the value
 * itself. First characters are changed, because the last one of a base64 text may carry no bits.
 */
export function tamperSecret(value: string): string {
  const dot = value.lastIndexOf('.');
  const start = dot >= 0 && value.length - dot > 8 ? dot + 1 : 0;
  let changed = 0;
  const tail = value.slice(start).replace(/%[0-9a-f]{2}|[a-z\d]/gi, (piece) => {
    if (piece.length > 1 || changed >= 8) return piece;
    changed += 1;
    return rotated(piece);
  });
  return changed === 0 ? `${value}x` : value.slice(0, start) + tail;
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
