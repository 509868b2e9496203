const shapes: readonly RegExp[] = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^\d+$/,
  // ULID, ObjectId and other hexadecimal ids, cuid.
  /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i,
  /^[0-9a-f]{16,64}$/i,
  /^c[a-z0-9]{23,24}$/,
];

/** Whether a text looks like an id that a machine made up: uuid, number, ULID, ObjectId, cuid, nanoid, `prj_8fJk2…`. */
export function isIdShaped(text: string): boolean {
  if (shapes.some((shape) => shape.test(text))) return true;
  const bare = text.replace(/^[a-z]{1,12}[_-](?=[A-Za-z0-9]{8,}$)/, '');
  if (!/^[\w-]{8,40}$/.test(bare)) return false;
  const digits = bare.replace(/\D/g, '').length;
  const upper = /[A-Z]/.test(bare);
  const lower = /[a-z]/.test(bare);
  // Letters of both cases and digits mixed, as random texts have them and words do not (`OAuth2Client` changes case rarely).
  const turns = [...bare.matchAll(/[a-z][A-Z]|[A-Z]{2}[a-z]|\d[A-Za-z]|[A-Za-z]\d/g)].length;
  return (
    digits > 0 && turns >= 3 && ((upper && lower && bare.length >= 10) || (bare.length >= 12 && digits >= 3))
  );
}

/** Whether a text is made of letters (and separators) only, so that it may be an ordinary word. */
export const isWordLike = (text: string): boolean => /^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/.test(text);

/** Whether the key of a pointer says that its value identifies something. */
export function isIdKey(pointer: string): boolean {
  const key = pointer.split('/').findLast((part) => part !== '*' && !/^\d+$/.test(part)) ?? '';
  return /(^|[_-])(id|ids|uid|uuid|guid|_id|slug|key|handle|login|username|ref|number|no|code|href|url|uri|link|path|subdomain|permalink)$|(Id|Ids|ID|Uuid|Slug|Key|Ref|Number|Url|Link|Path|Handle)$/.test(
    key,
  );
}
