import { unsearchedLetters } from '../plant/canary.ts';
import type { StepRequest } from '../wires/spoken-step.ts';
import { bytesKit } from './bytes-kit.ts';
import type { Proof } from './object-reproduction.ts';
import { reproductionScriptOf, type Need } from './script-kit.ts';
import { spoilKit } from './spoil-kit.ts';

/** One request of a script: `{{o1}}` is the id of the first planted object, `{{c1}}` and `{{a1}}` are fresh markers, `{{s1}}` begins `{{c1}}`, `{{t1}}` ends `{{o1}}`. */
export interface ScriptStep {
  readonly as: string | null;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly type: string; readonly text: string } | null;
}

/** A request that makes an object. */
export interface PlantStep extends ScriptStep {
  readonly type: string;
  readonly idPointer: string | null;
}

export interface ObjectPlan {
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
  readonly plants: readonly PlantStep[];
  /** Markers of the attacked object. */
  readonly marks: readonly string[];
  /** The attack names something of the review that this script does not make afresh: a refusal would prove nothing. */
  readonly stale: boolean;
  readonly attack: ScriptStep;
  /** The attacker comes without a credential, or with one that must not be valid. */
  readonly spoilt: 'none' | 'tampered' | 'expired' | null;
  /** Where any visitor gets the token against CSRF; null when there is none, empty when no script knows where. */
  readonly visitorPage: string | null;
  /** What the attacker reads afterwards, of the object that the attack made. */
  readonly afterwards: (ScriptStep & { readonly idPointer: string | null }) | null;
  readonly looks: ScriptStep;
  /** A refusal proves something only when the attacker's credential is alive: this shows it, or what it makes at home. */
  readonly alive: StepRequest | null;
  readonly home: {
    readonly plants: readonly PlantStep[];
    readonly marks: readonly string[];
    readonly looks: ScriptStep;
    readonly cleanUp: readonly ScriptStep[];
  } | null;
  readonly cleanUp: readonly ScriptStep[];
}

/** A script that plants an object, attacks it, and judges by what comes back or by what its owner then sees. */
export function objectScript(
  plan: ObjectPlan,
  more: { readonly does: readonly string[]; readonly extraHeaders: readonly string[] },
): string {
  const homes = plan.home === null ? [] : [...plan.home.plants, plan.home.looks];
  const used = [...plan.plants, plan.attack, plan.looks, ...homes].flatMap(({ as }) => as ?? []);
  const { extraHeaders } = more;
  const expired = (name: string): Need =>
    plan.spoilt === 'expired' && name === plan.attack.as
      ? [name, 'the same of a session that has run out']
      : [name, 'header lines of a session: "cookie: <name and value>" or "authorization: Bearer ..."'];
  return reproductionScriptOf({
    does: [
      ...more.does,
      ...(extraHeaders.length === 0 ? [] : [`EXTRA_HEADERS should hold: ${extraHeaders.join(', ')}.`]),
    ],
    needs: [...new Set(used)].map(expired),
    plan: { ...plan },
    body,
    uses: [bytesKit, ...(plan.spoilt === null ? [] : [spoilKit]), objectKit],
  });
}

const body = String.raw`
const { proof, plants, attack: step, afterwards, looks } = plan;
try {
  await plantAll(plants, 'o');
  const before = proof === 'made' ? null : await ask(looks);
  const found = plan.harvested.map((pointer) => at(before?.json, pointer)).filter((value) => typeof value === 'string' && value.length >= 10);
  const marks = plan.harvested.length > 0 ? found : plan.marks.map(put);
  if (proof !== 'made' && (!before.ok || !shows(before, marks))) cannotTell('the owner does not find what it planted (answered ' + before.status + ')');
  const attackMarks = [...new Set(JSON.stringify(step).match(/\{\{a\d+\}\}/g) ?? [])].map(put);

  let attack, read, after, again, isThere;
  for (const session of await attackers()) {
    attack = await ask(step, session);
    const newId = proof === 'made' ? plan.madeAt : afterwards?.idPointer;
    const id = attack.status >= 400 ? null : newId ? at(attack.json, newId) : attack.headers.get('location')?.split('/').at(-1);
    if (id !== null && id !== undefined) values.n1 = String(id);
    else if (proof === 'made' && attack.status < 400 && looks.path.includes('{{n1}}')) cannotTell('the id of what was made is unknown');
    read = afterwards && attack.ok && (values.n1 || !afterwards.path.includes('{{n1}}')) ? await ask(afterwards, session) : null;
    if (proof === 'seen') isThere = shows(attack, marks) || (read !== null && shows(read, marks));
    else if (proof === 'made' && attack.status >= 400) isThere = false;
    else {
      after = await ask(looks);
      again = await ask(looks);
      isThere = {
        made: () => shows(after, attackMarks) || (after.ok && values.n1 !== undefined && attackMarks.length === 0),
        changed: () => shows(after, attackMarks),
        altered: () => after.ok && again.ok && plan.leaves.some((leaf) => !same(before, after, leaf) && same(after, again, leaf)),
        gone: () => after.status < 500 && ![401, 429].includes(after.status) && !shows(after, marks) && !shows(again, marks),
      }[proof]();
    }
    if (isThere) there('the attack was answered ' + attack.status + ', and ' + { seen: 'showed what the owner wrote', made: 'what it made is there', changed: 'the owner sees the change', altered: 'the owner sees another state', gone: 'the owner finds it no more' }[proof]);
  }

  if (proof === 'made' && attack.status < 400) cannotTell('it was answered ' + attack.status + ', and what it made was not found');
  if (proof === 'made' && ![401, 403, 404].includes(attack.status)) cannotTell('it was answered ' + attack.status);
  if (overloaded(attack)) cannotTell('the attack was answered ' + attack.status);
  if (attack.status === 403 && plan.visitorPage === '') cannotTell('the refusal may be about the token against CSRF that a visitor would bring');
  const type = attack.headers.get('content-type') ?? '';
  if (proof === 'seen' && attack.ok && !isReadable(attack.bytes) && type !== '' && !/text|json|xml|html|script|urlencoded|pdf/i.test(type)) cannotTell('the answer is ' + type + ', which this script cannot read');
  if (plan.spoilt === null) await mustLive();
  if (plan.stale) cannotTell('the attack names what is gone since the review');
  gone('the attack was answered ' + attack.status + ' without effect');
} finally {
  for (const one of plan.cleanUp) if (isFilled(one)) await ask(one).catch(() => null);
}
`;

const objectKit = String.raw`
/** Ids of what was made and fresh markers, by their placeholder. */
const values = {};
function put(text) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    if (/^s\d/.test(name)) return put('{{c' + name.slice(1) + '}}').slice(0, -${unsearchedLetters});
    if (/^t\d/.test(name)) return put('{{o' + name.slice(1) + '}}').replace(/^[^:._~-]+[:._~-]/, '');
    const { length, digits } = plan.shapes[name] ?? { length: 17, digits: false };
    values[name] ??= digits ? String(randomBytes(length).reduce((made, byte, index) => made + (index < 2 ? 1 + (byte % 9) : 2 + (byte % 8)), '')) : letters(length);
    return values[name];
  });
}
const isFilled = (step) => (step.path.match(/\{\{[ohn]\d+\}\}/g) ?? []).every((one) => values[one.slice(2, -2)] !== undefined);
/** Sends a step of the plan, as the plan says or with these header lines. */
function ask(step, session = step.as ? given(step.as) : []) {
  const own = Object.entries(step.headers).map(([name, value]) => [name, put(value)]);
  const cookies = [...session, ...own].filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value);
  const rest = [...session, ...own].filter(([name]) => name.toLowerCase() !== 'cookie');
  const request = { method: step.method, place: put(step.path), type: step.body?.type, ...(step.body ? { body: [put(step.body.text)] } : {}) };
  return send(request, {}, cookies.length === 0 ? rest : [['cookie', cookies.join('; ')], ...rest]);
}
async function plantAll(steps, letter) {
  for (const [index, step] of steps.entries()) {
    const answer = await ask(step);
    if (answer.status >= 400) cannotTell('planting ' + step.type + ' was answered ' + answer.status);
    const id = (step.idPointer ? at(answer.json, step.idPointer) : null) ?? answer.headers.get('location')?.split('/').at(-1);
    values[letter + (index + 1)] = String(id ?? cannotTell('the id of the new ' + step.type + ' is unknown'));
  }
}
/** Header lines that the attack is sent with, one set after the other. */
async function attackers() {
  const { as } = plan.attack;
  if (plan.spoilt === null || plan.spoilt === 'expired') return [as ? given(as) : []];
  const sets = plan.spoilt === 'none' ? [[]] : ['start', 'second-half'].map((part) => tampered(given(as), part));
  return plan.visitorPage && plan.attack.method !== 'GET' ? [...sets, ...(await withVisitorToken(sets))] : sets;
}
const same = (one, other, pointer) => JSON.stringify(at(one.json, pointer)) === JSON.stringify(at(other.json, pointer));

/** A refusal proves nothing when the attacker's session is dead. */
async function mustLive() {
  const { as } = plan.attack;
  if (!as) return;
  if (plan.alive) {
    const [mine, nobody] = [await ask({ ...plan.alive, as }), await ask(plan.alive, [])];
    if (mine.ok && !(nobody.ok && nobody.text === mine.text)) return;
  }
  if (!plan.home) cannotTell('the fault was not seen, and nothing tells whether the session in ' + as + ' is alive');
  try {
    await plantAll(plan.home.plants, 'h');
    const seen = await ask(plan.home.looks);
    if (!shows(seen, plan.home.marks.map(put))) cannotTell('the session in ' + as + ' is not accepted');
  } finally {
    for (const one of plan.home.cleanUp) if (isFilled(one)) await ask(one).catch(() => null);
  }
}
`;
