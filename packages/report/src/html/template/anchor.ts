const plain = /[^a-zA-Z0-9-]/gu;

/** A fragment id made of letters, digits, dashes and underscores; different values never share one. */
export const anchor = (kind: string, value: string): string =>
  `${kind}-${value.replace(plain, (found) => `_${(found.codePointAt(0) ?? 0).toString(16)}_`)}`;
