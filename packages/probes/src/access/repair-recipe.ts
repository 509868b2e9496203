import type { JsonSchema } from '@launch-ready/core';
import type { BodyRecipe, Directive } from './body-recipe.ts';
import type { Complaint } from './complaints.ts';
import type { TextForm, TextShape } from './field-value.ts';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';
import { isReferenceName } from './names.ts';

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
  for (const complaint of complaints) {
    const key = complaint.pointer.slice(1);
    const wanted = /required|missing|undefined|received nothing/i.test(complaint.message);
    if (
      wrapper === null &&
      wanted &&
      /^(data|attributes|payload|input|item)$/.test(key) &&
      !(isJsonObject(sent) && key in sent)
    ) {
      wrapper = key;
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

  const most = limitIn(
    message,
    /(?:at most|max(?:imum)?(?:Length)?(?: of| is|:)?|<=?|no more than|fewer than|less than or equal to|longer than|limit"?:) ?"?(\d+)/i,
  );
  const least = limitIn(
    message,
    /(?:at least|min(?:imum)?(?:Length)?(?: of| is|:)?|>=?|more than|shorter than|greater than or equal to) ?"?(\d+)/i,
  );
  if (typeof sent === 'number') {
    if (least !== null) return fixed(least);
    if (most !== null) return fixed(most);
  }
  if (/uuid|guid|object ?id|\bcuid|ulid/i.test(message) || (sent === undefined && isReferenceName(name)))
    return { kind: 'reference' };
  if (/\b(integer|number|numeric|int)\b/i.test(message) && typeof sent !== 'number') return fixed(1);
  if (/\bbool(ean)?\b/i.test(message) && typeof sent !== 'boolean') return fixed(false);
  if (/\barray|list\b/i.test(message) && !Array.isArray(sent)) return fixed([]);
  if (
    /\bobject|dict\b/i.test(message) &&
    typeof sent !== 'object' &&
    !/invalid input: expected string/i.test(message)
  )
    return fixed({});
  if (/e-?mail/i.test(message)) return text('email');
  if (/\bur[li]\b/i.test(message)) return text('url');
  if (/date|iso ?8601|timestamp/i.test(message)) return fixed('2030-01-15T10:00:00.000Z');
  if (typeof sent === 'string' && (most !== null || least !== null)) {
    return text('text', {
      ...(most === null ? {} : { maxLength: most }),
      ...(least === null ? {} : { minLength: least }),
    });
  }
  if (/slug|lowercase|alphanumeric|letters|pattern|regex|format|character/i.test(message)) {
    return before?.kind === 'text' ? fixed('abc') : text('slug');
  }
  if (sent === undefined) return before === undefined || before.kind === 'drop' ? text(formOf(name)) : null;
  if (!isRequired(recipe.shape?.schema, pointer)) return { kind: 'drop' };
  return before === undefined ? text(formOf(name)) : fixed('abc');
}

const formOf = (name: string): TextForm =>
  /e-?mail/i.test(name) ? 'email' : /(url|uri|link)$/i.test(name) ? 'url' : 'text';

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

function isRequired(schema: JsonSchema | undefined, pointer: string): boolean {
  const [first, ...rest] = pointer.split('/').slice(1);
  if (schema === undefined || first === undefined) return false;
  const flat = flatSchema(schema);
  const needed = Array.isArray(flat.required) && flat.required.includes(first);
  const inner = isJsonObject(flat.properties) ? flat.properties[first] : undefined;
  if (rest.length === 0 || !isJsonObject(inner)) return needed;
  return needed && isRequired(inner, `/${rest.join('/')}`);
}
