/** Of several media types the one that is easiest to speak: JSON, then forms. */
export const preferredType = (types: readonly string[]): string | undefined =>
  [/^application\/json/i, /\+json/i, /urlencoded/i, /^multipart\//i]
    .map((wanted) => types.find((type) => wanted.test(type)))
    .find((type) => type !== undefined) ?? types[0];
