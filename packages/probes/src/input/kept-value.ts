/** How the stored object shows that a bad value was kept. */
export type KeptSign =
  /** Nothing that is stored would show it, or the document allows it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'same'; readonly value: unknown }
  /** Null where a value is required. */
  | { readonly kind: 'null' }
  | { readonly kind: 'long'; readonly length: number }
  | { readonly kind: 'list' };

/** Whether the bad value was kept, by the values that its field has wherever it occurs. */
export function isKept(sign: KeptSign, stored: readonly unknown[]): boolean {
  switch (sign.kind) {
    case 'none':
      return false;
    case 'same':
      return stored.some((one) => JSON.stringify(one) === JSON.stringify(sign.value));
    case 'null':
      return stored.length > 0 && stored.every((one) => one === null);
    case 'long':
      return stored.some((one) => typeof one === 'string' && one.length >= sign.length);
    case 'list':
      return stored.some((one) => Array.isArray(one));
  }
}
