/** A plural noun of a path in the singular, roughly: `companies` to `company`, `posts` to `post`. */
export function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(ches|shes|sses|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && word.length > 2 ? word.slice(0, -1) : word;
}

/** A name without case, separators and number: `Post_IDs` and `postId` both become `postid`. */
export const plainName = (name: string): string => singular(name.replace(/[^a-z\d]/gi, '').toLowerCase());

/** What a parameter's name says it identifies: `post_id`, `postId` and `postSlug` are about a `post`; `id` says nothing. */
export function namedThing(parameter: string): string {
  const plain = parameter.replace(/[^a-z\d]/gi, '').toLowerCase();
  const bare = plain.replace(/(documentid|objectid|uuid|guid|slug|ids|id|key|ref|no|number)$/, '');
  if (bare === '') return '';
  return singular(plain === 'no' || plain === 'number' ? '' : bare);
}

/** Whether a field's name says that it holds the id of something else. */
export const isReferenceName = (name: string): boolean => /[a-z\d](_ids?|Ids?|ID|Uuid|_uuid)$/.test(name);

/** Whether a field is one that servers fill in themselves: an object's own id, and who made or changed it when. */
export const isServerMade = (name: string): boolean =>
  /^(_?id|uuid|guid|document_?id|object_?id)$/i.test(name) ||
  /^((date|user|time)_?)?(created|updated|modified|deleted)(_?(at|on|by|date|time|user))?$/i.test(name);
