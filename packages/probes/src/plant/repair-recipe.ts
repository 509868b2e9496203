import type { JsonSchema } from '@launch-ready/core';
import type { BodyRecipe, Directive } from './body-recipe.ts';
import type { Complaint } from './complaints.ts';
import type { TextForm, TextShape } from './field-value.ts';
import { flatSchema } from './flat-schema.ts';
import { isFile, nextFile } from './file-value.ts';
import { isJsonObject } from './json-scalars.ts';
import { isReferenceName } from '../access/names.ts';

/**
 * The recipe changed by what the application said about the body it refused; null when nothing new was learnt.
 *
 * @param sent the refused body
 */
export function repairRecipe(
  recipe: BodyRecipe,
  complaints: readonly Complaint[],
  sent: unknown,
): BodyRecipe | null {
  const directives = new Map(recipe.directives);
  let wrapper = recipe.wrapper;
  for (const said of complaints) {
    const complaint = below(wrapper, asField(said, sent));
    const key = complaint.pointer.slice(1);
    const wanted = /required|missing|undefined|received nothing/i.test(complaint.message);
    if (
      wrapper === null &&
      wanted &&
      (/^(data|attributes|payload|input|item)$/.test(key) || complaint.message.startsWith('wrapper ')) &&
      !(isJsonObject(sent) && key in sent)
    ) {
      wrapper = key;
      for (const [pointer, directive] of recipe.directives) {
        directives.delete(pointer);
        directives.set(`/${key}${pointer}`, directive);
      }
      continue;
    }
    if (complaint.pointer === '') continue;
    const directive = directiveFor(
      complaint,
      recipe,
      at(sent, complaint.pointer),
      directives.get(complaint.pointer),
    );
    if (directive) directives.set(complaint.pointer, directive);
  }
  const isNew =
    wrapper !== recipe.wrapper ||
    [...directives].some(
      ([pointer, directive]) => JSON.stringify(recipe.directives.get(pointer)) !== JSON.stringify(directive),
    );
  return isNew ? { ...recipe, directives, wrapper } : null;
}

/** A word that can mean the body or a field means the field when the body has it, or when it is said to be missing there. */
function asField(complaint: Complaint, sent: unknown): Complaint {
  const { word, message } = complaint;
  if (word === undefined || !isJsonObject(sent)) return complaint;
  return word in sent || /required|missing|undefined|received nothing/i.test(message)
    ? { ...complaint, pointer: `/${word}` }
    : complaint;
}

/** Complaints leave out the member that everything is put below. */
const below = (wrapper: string | null, complaint: Complaint): Complaint =>
  wrapper === null || complaint.pointer === '' || `${complaint.pointer}/`.startsWith(`/${wrapper}/`)
    ? complaint
    : { ...complaint, pointer: `/${wrapper}${complaint.pointer}` };

const anyText: TextShape = { form: 'text', minLength: 0, maxLength: 10_000, pattern: null };
const text = (form: TextForm, more: Partial<TextShape> = {}): Directive => ({
  kind: 'text',
  shape: { ...anyText, form, ...more },
});
const fixed = (value: unknown): Directive => ({ kind: 'fixed', value });

function directiveFor(
  complaint: Complaint,
  recipe: BodyRecipe,
  sent: unknown,
  before: Directive | undefined,
): Directive | null {
  const { message, pointer } = complaint;
  const name = pointer.split('/').at(-1) ?? '';
  if (
    /unrecogni[sz]ed|unknown (key|field|property)|additional propert|should not exist|not allowed|extra_forbidden|extra fields|invalid key/i.test(
      message,
    )
  ) {
    return { kind: 'drop' };
  }
  const choices = choicesIn(message);
  if (choices.length > 0) return fixed(choices[0]);
  if (before?.kind === 'fixed' || before?.kind === 'reference')
    return isRequired(recipe.shape?.schema, pointer) ? null : { kind: 'drop' };

  const most = limitIn(message, mostOf);
  const least = limitIn(message, leastOf);
  // Several complaints about one text add up.
  const limits = {
    ...(before?.kind === 'text'
      ? { maxLength: before.shape.maxLength, minLength: before.shape.minLength }
      : {}),
    ...(most === null ? {} : { maxLength: most }),
    ...(least === null ? {} : { minLength: least }),
  };
  if (typeof sent === 'number') {
    if (least !== null) return fixed(least);
    if (most !== null) return fixed(most);
  }
  const pattern = patternIn(message);
  if (pattern !== null && typeof sent !== 'number') return text('text', { ...limits, pattern });
  if (
    /uuid|guid|object ?id|invalid pk|must exist|\bcuid|ulid/i.test(message) ||
    (sent === undefined && isReferenceName(name))
  )
    return { kind: 'reference' };
  if (/\b(?:is)?(?:integer|number|numeric|int)\b/i.test(message) && typeof sent !== 'number') return fixed(1);
  if (/\bbool(ean)?\b/i.test(message) && typeof sent !== 'boolean') return fixed(false);
  if (/\barray|list\b/i.test(message) && !Array.isArray(sent)) return fixed([]);
  if (
    /\bobject|dict\b/i.test(message) &&
    typeof sent !== 'object' &&
    !/invalid input: expected string/i.test(message)
  )
    return fixed({});
  if (/\bfile\b|upload|multipart|image|mime|media type|content type/i.test(message) && isFile(sent))
    return { kind: 'file', as: nextFile(sent.as) };
  if (/phone/i.test(message)) return text('phone');
  if (/e-?mail/i.test(message)) return text('email');
  if (/\bur[li]\b/i.test(message)) return text('url');
  if (/YYYY-MM-DD(?!.?T|.?hh)/.test(message)) return fixed('2030-01-15');
  if (/date|iso ?8601|timestamp/i.test(message)) return fixed('2030-01-15T10:00:00.000Z');
  if ((typeof sent === 'string' || sent === undefined) && (most !== null || least !== null))
    return text(sent === undefined ? formOf(name) : 'text', limits);
  if (/slug|lowercase|alphanumeric|letters|pattern|regex|format|character/i.test(message)) {
    return before?.kind === 'text' ? fixed('abc') : text('slug');
  }
  if (sent === undefined && before === undefined && isTyped(recipe.shape?.schema, pointer))
    return { kind: 'needed' };
  if (sent === undefined)
    return before === undefined || before.kind === 'drop' ? text(formOf(name), limits) : null;
  if (!isRequired(recipe.shape?.schema, pointer)) return { kind: 'drop' };
  return before === undefined ? text(formOf(name)) : fixed('abc');
}

/** The most characters or the largest number that a message allows; negated bounds first, since they say the opposite. */
const mostOf =
  /(?:not (?:have|be) (?:more|greater|longer|larger) than|shorter than or equal to|at most|max(?:imum)?(?:Length)?(?: of| is|:)?|<=?|no more than|less than or equal to|fewer than or equal to|up to|longer than|limit"?:) ?"?(\d+)/i;
const leastOf =
  /(?:not (?:have|be) (?:fewer|less|shorter|smaller) than|longer than or equal to|at least|min(?:imum)?(?:Length)?(?: of| is|:)?|>=?|greater than or equal to|more than or equal to|shorter than|no fewer than|no less than) ?"?(\d+)/i;

/** The regular expression that a message says a text must match; null when it names none or one that is none. */
function patternIn(message: string): string | null {
  const found =
    /match(?:es)?(?: the)?(?: required)?(?: pattern| regex| regular expression)?:? ?(?:"([^"]+)"|'([^']+)'|\/(.+)\/[a-z]*)/i.exec(
      message,
    );
  const pattern = found?.[1] ?? found?.[2] ?? found?.[3];
  if (pattern === undefined) return null;
  const bare = /^\/(.+)\/[a-z]*$/.exec(pattern)?.[1] ?? pattern;
  try {
    return new RegExp(bare, 'u').source;
  } catch {
    return null;
  }
}

const formOf = (name: string): TextForm =>
  /e-?mail/i.test(name)
    ? 'email'
    : /(url|uri|link)$/i.test(name)
      ? 'url'
      : /phone|mobile|(^|_)tel$/i.test(name)
        ? 'phone'
        : 'text';

function limitIn(message: string, pattern: RegExp): number | null {
  const found = pattern.exec(message)?.[1];
  return found === undefined ? null : Number(found);
}

/** Values that a message offers: `expected one of "a"|"b"`, `must be one of: a, b`, `Input should be 'a' or 'b'`. */
function choicesIn(message: string): readonly string[] {
  if (!/one of|enum|allowed values|should be ['"]|options/i.test(message)) return [];
  const tail = message.slice(message.search(/one of|allowed ?values|should be|options/i));
  const quoted = [...tail.matchAll(/["'\u2018]([\w-]+)["'\u2019]/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
  const values = quoted.filter((value) => !/^(allowedValues|options|path|code|enum)$/.test(value));
  if (values.length > 0) return values;
  const listed =
    /(?:one of|values)(?: the following(?: values)?)?:? ?\[?([\w-]+(?:(?:, ?| ?\| ?| or )[\w-]+)+)/i.exec(
      tail,
    )?.[1];
  return listed === undefined ? [] : listed.split(/, ?| ?\| ?| or /);
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, key) => {
      if (Array.isArray(inner)) return inner[Number(key)];
      return isJsonObject(inner) ? inner[key] : undefined;
    }, value);
}

/** Whether the document says more of a field than that it is text. */
function isTyped(schema: JsonSchema | undefined, pointer: string): boolean {
  const [first, ...rest] = pointer.split('/').slice(1);
  if (schema === undefined || first === undefined) return false;
  const { properties } = flatSchema(schema);
  const inner = isJsonObject(properties) ? properties[first] : undefined;
  if (!isJsonObject(inner)) return false;
  if (rest.length > 0) return isTyped(inner, `/${rest.join('/')}`);
  const flat = flatSchema(inner);
  return Array.isArray(flat.enum) || (typeof flat.type === 'string' && flat.type !== 'string');
}

function isRequired(schema: JsonSchema | undefined, pointer: string): boolean {
  const [first, ...rest] = pointer.split('/').slice(1);
  if (schema === undefined || first === undefined) return false;
  const flat = flatSchema(schema);
  const needed = Array.isArray(flat.required) && flat.required.includes(first);
  const inner = isJsonObject(flat.properties) ? flat.properties[first] : undefined;
  if (rest.length === 0 || !isJsonObject(inner)) return needed;
  return needed && isRequired(inner, `/${rest.join('/')}`);
}
