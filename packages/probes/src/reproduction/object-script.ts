import { unsearchedLetters } from '../plant/canary.ts';
import type { StepRequest } from '../wires/spoken-step.ts';
import type { Proof, ScriptStep } from './object-reproduction.ts';

export interface ScriptPlan {
  readonly origin: string;
  readonly proof: Proof;
  /** JSON pointer of the id of what the attack makes, in its answer; null when it names none. */
  readonly madeAt: string | null;
  /** Markers that are not of the usual form, by their placeholder: shorter ones, and ones of digits alone. */
  readonly shapes: Readonly<Record<string, { readonly length: number; readonly digits: boolean }>>;
  /** JSON pointers in what the owner sees that the attack changes. */
  readonly leaves: readonly string[];
  /** JSON pointers in what the owner sees of values that were there before the run; empty for planted objects. */
  readonly harvested: readonly string[];
  readonly plants: readonly (ScriptStep & {
    readonly type: string;
    readonly marks: readonly string[];
    readonly idPointer: string | null;
  })[];
  readonly attack: ScriptStep;
  /** What the attacker reads afterwards, of the object that the attack made. */
  readonly afterwards: (ScriptStep & { readonly idPointer: string | null }) | null;
  readonly looks: ScriptStep;
  readonly alive: StepRequest | null;
  readonly extraHeaders: readonly string[];
  /** A refusal proves something only when the attacker's credential is alive. */
  readonly needsLivingAttacker: boolean;
  /** A guard against CSRF refuses changes of whoever brings no token. */
  readonly guarded: boolean;
  readonly cleanUp: readonly ScriptStep[];
}

/** A Node script without dependencies: exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell. */
export function reproductionScript(plan: ScriptPlan): string {
  const variables = [
    ...new Set([...plan.plants, plan.attack, plan.looks].flatMap(({ as }) => (as === null ? [] : [as]))),
  ];
  return `// Exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell.
// Needs Node 20 or newer and these environment variables, each a whole request header line such as
// 'cookie: <name and value>' or 'authorization: Bearer ...' (several lines for several headers):
//   ${variables.join(', ')}
// BASE_URL replaces the address.${plan.extraHeaders.length > 0 ? ` EXTRA_HEADERS adds header lines (${plan.extraHeaders.join(', ')}).` : ''}
const plan = ${JSON.stringify(plan, null, 1)};
const base = (process.env.BASE_URL ?? plan.origin).replace(/\\/$/, '');
const values = new Map();
const cannotTell = (why) => { console.log('cannot tell: ' + why); process.exitCode = 2; throw new Error('stop'); };
const letters = (count, from) => Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => from[byte % from.length]).join('');
const marker = ({ length, digits }) => digits ? letters(2, '123456789') + letters(length - 2, '23456789') : 'lr' + letters(length - 2, 'abcdefghijklmnopqrstuvwxyz234567');
const fill = (text) => text.replace(/\\{\\{(\\w+)\\}\\}/g, (_, name) => {
  if (/^s\\d/.test(name)) return fill('{{c' + name.slice(1) + '}}').slice(0, -${unsearchedLetters});
  if (!values.has(name)) values.set(name, marker(plan.shapes[name] ?? { length: 17, digits: false }));
  return values.get(name);
});
const lines = (text) => (text ?? '').split('\\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
const send = async (step, as = step.as) => {
  if (as && !process.env[as]) cannotTell('set ' + as);
  const headers = new Headers(lines(process.env.EXTRA_HEADERS));
  for (const [name, value] of as ? lines(process.env[as]) : []) headers.set(name, value);
  for (const [name, value] of Object.entries(step.headers)) headers.set(name, fill(value));
  if (step.body) headers.set('content-type', step.body.type);
  if (step.method !== 'GET' && !headers.has('origin')) headers.set('origin', new URL(base).origin);
  const body = step.body ? fill(step.body.text) : undefined;
  const answer = await fetch(base + fill(step.path), { method: step.method, headers, body, redirect: 'manual' });
  const raw = Buffer.from(await answer.arrayBuffer());
  const unpacked = raw[0] === 0x1f && raw[1] === 0x8b ? await import('node:zlib').then((zlib) => zlib.gunzipSync(raw, { maxOutputLength: 2 ** 25 })).catch(() => null) : null;
  const bytes = unpacked ?? raw;
  const text = bytes.toString();
  const wide = bytes.includes(0) ? [bytes.toString('utf16le'), Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16().toString('utf16le')] : [];
  return { status: answer.status, ok: answer.ok, headers: answer.headers, unpacked: unpacked !== null, all: [text, ...wide, ...answer.headers.values()].join('\\n'), text };
};
const forms = (mark) => [mark, Buffer.from(mark).toString('hex'), ...[0, 1, 2].map((before) => Buffer.from('\\0'.repeat(before) + mark).toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor(((before + mark.length) * 8) / 6)))];
const leafOf = (answer, pointer) => {
  let json;
  try { json = JSON.parse(answer.text); } catch {}
  return pointer.split('/').slice(1).reduce((inner, key) => inner?.[key], json);
};
const same = (one, other, pointer) => JSON.stringify(leafOf(one, pointer)) === JSON.stringify(leafOf(other, pointer));
const shows = (answer, marks) => marks.some((mark) => forms(mark).some((form) => answer.all.toLowerCase().includes(form.toLowerCase())));
try {
  for (const [index, step] of plan.plants.entries()) {
    const answer = await send(step);
    if (answer.status >= 400) cannotTell('planting ' + step.type + ' was answered ' + answer.status);
    let json = null;
    try { json = JSON.parse(answer.text); } catch {}
    const at = step.idPointer?.split('/').slice(1).reduce((inner, key) => inner?.[key], json);
    const id = at ?? answer.headers.get('location')?.split('/').at(-1);
    if (!id) cannotTell('the id of the new ' + step.type + ' is unknown');
    values.set('o' + (index + 1), String(id));
  }
  const before = plan.proof === 'made' ? null : await send(plan.looks);
  const found = plan.harvested.map((pointer) => before && leafOf(before, pointer)).filter((value) => typeof value === 'string' && value.length >= 10);
  const marks = plan.harvested.length > 0 ? found : (plan.plants.at(-1)?.marks ?? []).map(fill);
  if (plan.proof !== 'made' && (!before.ok || !shows(before, marks))) cannotTell('the owner does not find what it planted (answered ' + before.status + ')');
  const attackMarks = [...JSON.stringify(plan.attack).matchAll(/\\{\\{(a\\d+)\\}\\}/g)].map(([, name]) => fill('{{' + name + '}}'));
  const attack = await send(plan.attack);
  if (plan.afterwards && attack.ok) {
    const id = plan.afterwards.idPointer ? leafOf(attack, plan.afterwards.idPointer) : attack.headers.get('location')?.split('/').at(-1);
    if (id) values.set('n1', String(id));
  }
  if (plan.proof === 'made' && attack.status < 400) {
    const id = plan.madeAt ? leafOf(attack, plan.madeAt) : attack.headers.get('location')?.split('/').at(-1);
    if (id) values.set('n1', String(id));
    else if (plan.looks.path.includes('{{n1}}')) cannotTell('the id of what was made is unknown');
  }
  const read = plan.afterwards && (values.has('n1') || !plan.afterwards.path.includes('{{n1}}')) ? await send(plan.afterwards) : null;
  const notMade = plan.proof === 'made' && attack.status >= 400;
  const after = notMade ? attack : await send(plan.looks);
  const again = notMade ? attack : await send(plan.looks);
  const isThere =
    plan.proof === 'seen' ? shows(attack, marks) || (read !== null && shows(read, marks))
    : plan.proof === 'made' ? !notMade && shows(after, attackMarks)
    : plan.proof === 'changed' ? shows(after, attackMarks)
    : plan.proof === 'altered' ? after.ok && again.ok && plan.leaves.some((leaf) => !same(before, after, leaf) && same(after, again, leaf))
    : after.status < 500 && after.status !== 401 && !shows(after, marks) && !shows(again, marks);
  for (const step of plan.cleanUp) if (values.has('n1') || !step.path.includes('{{n1}}')) await send(step).catch(() => null);
  if (isThere) {
    console.log('the fault is there: the attack was answered ' + attack.status);
    process.exitCode = 1;
  } else {
    if (plan.proof === 'made' && ![401, 403, 404].includes(attack.status)) cannotTell('it was answered ' + attack.status + ', and what it made was not found');
    const type = attack.headers.get('content-type') ?? '';
    if (plan.proof === 'seen' && attack.ok && !attack.unpacked && type !== '' && !/text|json|xml|html|script|urlencoded/i.test(type)) cannotTell('the answer is ' + type + ', which this script cannot read');
    if (plan.guarded && attack.status === 403) cannotTell('the refusal may be about the token against CSRF that a visitor would bring');
    if (attack.status >= 500 || attack.status === 429) cannotTell('the attack was answered ' + attack.status);
    if (plan.attack.as && plan.needsLivingAttacker) {
      if (!plan.alive) cannotTell('the fault was not seen, and nothing tells whether the credential in ' + plan.attack.as + ' is alive');
      const alive = await send(plan.alive, plan.attack.as);
      const nobody = await send(plan.alive, null);
      if (!alive.ok || (nobody.ok && nobody.text === alive.text)) cannotTell('the credential in ' + plan.attack.as + ' is not accepted');
    }
    console.log('the fault is gone: the attack was answered ' + attack.status + ' without effect');
  }
} catch (error) {
  if (process.exitCode !== 2) { console.log('cannot tell: ' + error.message); process.exitCode = 2; }
}
`;
}
