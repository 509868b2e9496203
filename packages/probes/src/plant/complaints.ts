import { isJsonObject, type JsonObject } from './json-scalars.ts';

/** What an application said is wrong with one field of a body. */
export interface Complaint {
  /** JSON pointer; empty when it is about the body as a whole. */
  readonly pointer: string;
  readonly message: string;
  /** Whole place when it was a single word that can mean the body or a field of that name, such as `body`. */
  readonly word?: string;
}

const about = [
  'path',
  'loc',
  'instancePath',
  'dataPath',
  'pointer',
  'field',
  'property',
  'param',
  'attribute',
  'key',
  'source',
] as const;
const said = [
  'message',
  'msg',
  'detail',
  'error',
  'reason',
  'description',
  'code',
  'type',
  'keyword',
] as const;
const containers =
  /^(errors?|issues?|details?|detail|violations?|inner|invalid_?params|fielderrors|formerrors|validation|problems?|data|extensions|meta)$/i;

/**
 * Complaints about fields in the answer to a refused body, whichever library wrote it: zod, ajv, class-validator, joi,
 * FastAPI, Strapi, Directus, Rails, JSON:API and RFC 9457 shapes, and plain sentences that name a field.
 */
export function readComplaints(answer: unknown): readonly Complaint[] {
  const found: Complaint[] = [];
  visit(answer, '', 0, found);
  const unique = new Map(found.map((complaint) => [`${complaint.pointer}\n${complaint.message}`, complaint]));
  return [...unique.values()];
}

/**
 * Fields of a body that a refusal names in quotes. Some applications answer a field that the caller may not set like a caller
 * who may not create at all, and only the sentence tells the two apart.
 */
export function refusedFields(answer: unknown, sent: unknown): readonly Complaint[] {
  if (!isJsonObject(sent)) return [];
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer).replaceAll('\\"', '"');
  return Object.keys(sent)
    .filter((name) => [`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => text.includes(quoted)))
    .map((name) => ({ pointer: `/${name}`, message: 'not allowed' }));
}

function visit(value: unknown, key: string, depth: number, found: Complaint[]): void {
  if (depth > 8) return;
  if (typeof value === 'string') {
    // The message of a zod error is its issues, written as JSON.
    const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    if (inner === undefined) found.push(...fromSentence(value));
    else visit(inner, key, depth + 1, found);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) visit(item, key, depth + 1, found);
    return;
  }
  if (!isJsonObject(value)) return;

  if (depth === 0) found.push(...fromTree(value, ''));
  const place = placeOf(value);
  const message = said
    .map((name) => value[name])
    .filter((part) => typeof part === 'string')
    .join(' | ');
  const extra = isJsonObject(value.params) ? ` ${JSON.stringify(value.params)}` : '';
  const keys = Array.isArray(value.keys) ? value.keys.filter((one) => typeof one === 'string') : [];
  if (place !== null && (message !== '' || isJsonObject(value.constraints))) {
    const constraints = isJsonObject(value.constraints)
      ? ` ${Object.values(value.constraints).join(', ')}`
      : '';
    const params = isJsonObject(value.params) ? value.params : {};
    const { missingProperty: missing, additionalProperty: unwanted } = params;
    if (typeof unwanted === 'string') {
      found.push({ pointer: `${place}/${unwanted}`, message: `unrecognized ${message}` });
      return;
    }
    if (typeof missing === 'string')
      found.push({ pointer: `${place}/${missing}`, message: `${message} required` });
    else if (keys.length > 0)
      found.push(...keys.map((one) => ({ pointer: `${place}/${one}`, message: `unrecognized ${message}` })));
    else
      found.push({
        pointer: place,
        message: `${message}${constraints}${extra}`,
        ...(place === '' ? loneWord(value) : {}),
      });
    if (place !== '') return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (place !== null && about.some((word) => word === name)) continue;
    // Rails, Laravel and flattened zod: { errors: { title: ["is required"] } }
    if (containers.test(key) && !containers.test(name) && isListOfTexts(inner)) {
      const text = Array.isArray(inner) ? inner.join(' ') : String(inner);
      if (!said.some((word) => word === name)) {
        found.push({ pointer: pointerOf(name), message: text });
        continue;
      }
    }
    visit(inner, name, depth + 1, found);
  }
}

/**
 * Complaints in answers that have the shape of the body: Django REST and Rails (`{ title: ["…"] }`), and the trees of zod
 * (`{ title: { _errors: ["…"] } }`, `{ properties: { title: { errors: ["…"] } } }`).
 */
function fromTree(value: JsonObject, pointer: string): readonly Complaint[] {
  return Object.entries(value).flatMap(([name, inner]): readonly Complaint[] => {
    if (name === 'properties' && isJsonObject(inner)) return fromTree(inner, pointer);
    if (name === '_errors' || name === 'non_field_errors') return [];
    const isTalk = said.some((word) => word === name) || containers.test(name);
    const here = `${pointer}/${name}`;
    // In any language: { "preco": "preco é obrigatório" }
    if (typeof inner === 'string' && !isTalk && pointer === '' && startsWithName(inner, name))
      return [{ pointer: here, message: inner }];
    if (Array.isArray(inner)) {
      if (isTalk || inner.length === 0 || !inner.every((one) => typeof one === 'string')) return [];
      return [{ pointer: here, message: inner.join(' ') }];
    }
    if (!isJsonObject(inner) || (isTalk && pointer === ''))
      return isJsonObject(inner) ? fromTree(inner, '') : [];
    const own = [inner._errors, inner.errors].find(
      (list) => Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string'),
    );
    return [
      ...(Array.isArray(own) ? [{ pointer: here, message: own.join(' ') }] : []),
      ...fromTree(inner, here),
    ];
  });
}

const startsWithName = (text: string, field: string): boolean =>
  text.length > field.length + 1 &&
  text.length < 300 &&
  text
    .replace(/^["'`\u201c]/, '')
    .toLowerCase()
    .startsWith(field.toLowerCase());

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isListOfTexts = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'));

/** zod says `path: ['body']` of the field `body` of a body. */
function loneWord({ path, loc }: JsonObject): { readonly word?: string } {
  const place: unknown = path ?? loc;
  const [only, more]: readonly unknown[] = Array.isArray(place) ? place : [];
  return typeof only === 'string' && more === undefined ? { word: only } : {};
}

function placeOf(value: JsonObject): string | null {
  for (const name of about) {
    const place = value[name];
    if (name === 'source' && isJsonObject(place)) {
      if (typeof place.pointer === 'string') return pointerOf(place.pointer);
      if (typeof place.parameter === 'string') return pointerOf(place.parameter);
    }
    if (Array.isArray(place) && place.every((part) => typeof part === 'string' || typeof part === 'number')) {
      return pointerOf(place.join('/'));
    }
    if (typeof place === 'string' && (name !== 'key' || !place.includes(' ')) && name !== 'source')
      return pointerOf(place);
  }
  if (isJsonObject(value.extensions)) return placeOf(value.extensions);
  return null;
}

/** `body.title`, `#/title`, `/body/title`, `items[0].name` as a pointer below the body. */
function pointerOf(place: string): string {
  const parts = place
    .replace(/^#/, '')
    .replace(/\[(\w+)\]/g, '/$1')
    .split(/[/.]/)
    .filter((part) => part !== '');
  const start = /^(body|request|requestbody)$/i.test(parts[0] ?? '') ? 1 : 0;
  return parts
    .slice(start)
    .map((part) => `/${part}`)
    .join('');
}

const name = String.raw`["'\x60\u201c]?([A-Za-z_][\w.\-/]*)["'\x60\u201d]?`;
/** Messages about a field by its spoken name, as Rails and Laravel make them: `Due date can't be blank`. */
const spoken =
  /^(?:The )?([A-Za-z][a-z\d]*(?: [a-z\d]+){0,3}?)(?: field)? (?:can(?:'|\u2019)t be (?:blank|empty)|is too (?:short|long)|is invalid|is not (?:included|a number)|must exist|is required|must (?:not )?be |may not be |has already been taken)/;

const sentences: readonly (readonly [RegExp, string])[] = [
  // zod's printed errors: `Invalid input: expected string, received undefined → at title`
  [/\u2192 at ([\w.]+)/, ''],
  // Rails: everything is wanted below one member.
  [/param is missing or the value is empty(?: or invalid)?: (\w+)/i, 'wrapper required'],
  [/must have required property ["'`]?([\w.]+)/i, 'required'],
  [
    /(?:missing|requires?|provide)(?: data for)?(?: the)?(?: required)?(?: (?:field|property|parameter|param|key|value|payload|argument)s?)?[: ]+["'`]([\w.]+)["'`]/i,
    'required',
  ],
  [/missing (?:required )?(?:field|property|parameter|param|key)s?[: ]+([A-Za-z_][\w.]*)/i, 'required'],
  [
    /(?:unrecognized|unknown|unexpected|additional|invalid) (?:key|field|property|param(?:eter)?)(?:\(?s\)?)?(?: in object)?[: ]+["'`]?([\w.]+)/i,
    'unrecognized',
  ],
  [/property ["'`]?([\w.]+)["'`]? should not exist/i, 'unrecognized'],
  [new RegExp(`${name}(?: field)? (?:is|are) (?:a )?(?:required|missing)`, 'i'), 'required'],
  [
    new RegExp(
      `${name}(?: field)? (?:can(?:no|')t|cannot|must not|should not|may not) be (?:empty|blank|null|undefined)`,
      'i',
    ),
    'required',
  ],
  [new RegExp(`${name} (?:is not allowed|must not be present)`, 'i'), 'unrecognized'],
  [new RegExp(`^${name} (?:must|should|has to|needs to|is not|is invalid|is too)`, 'i'), ''],
];
const notFields =
  /^(body|request|it|this|that|value|field|fields|data must|input|which|there|you|please|and|object|resource|validation)$/i;

function fromSentence(text: string): readonly Complaint[] {
  if (text.length > 2000) return [];
  return text
    .replace(/\n\s*(?=\u2192)/g, ' ')
    .split(/[;\n]|, (?=(?:body|querystring|params)[./])/)
    .flatMap((sentence): readonly Complaint[] => {
      const named = spoken.exec(sentence.trim())?.[1];
      if (named !== undefined && !notFields.test(named)) {
        const snake = named.toLowerCase().replaceAll(' ', '_');
        // A name written as it is sent is taken as it is: `dueDate must be a string`.
        const asSent = /^[a-z]\S*$/.test(named) ? named : snake;
        return [{ pointer: `/${asSent}`, message: sentence.trim() }];
      }
      for (const [pattern, kind] of sentences) {
        const field = pattern.exec(sentence.trim())?.[1];
        if (field === undefined || notFields.test(field)) continue;
        return [{ pointer: pointerOf(field), message: `${kind} ${sentence.trim()}` }];
      }
      return [];
    });
}
