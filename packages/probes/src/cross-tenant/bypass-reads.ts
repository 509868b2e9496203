import type { ExchangeId, HeaderList, Operation } from '@launch-ready/core';
import { leakTrial, type ReadAttack } from './read-attack.ts';
import { changes, exchangesOf, isSuccess, outcomeOf, type Call } from './courier.ts';
import {
  isFirstKind,
  isInFull,
  isRepresentative,
  type CrossTenantTrial,
  type Front,
  type Stage,
} from './front.ts';
import { disguiseNames, graphqlDisguises, type DisguiseName } from './graphql-disguises.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { sendRead, type ReadAttempt } from '../coverage/read-as.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

interface Bypass {
  readonly name: string;
  /** Whether it is a matter of the router, which reads the paths of all kinds in the same way. */
  readonly byRouter?: boolean;
  /** The plain call changed; null where the trick does not fit it. */
  readonly change: (plain: Call, object: PlantedObject) => Call | null;
}

const withPath =
  (name: string, change: (path: string, id: string) => string | null): Bypass['change'] =>
  (plain, object) => {
    const { origin, pathname, search } = new URL(plain.url);
    const made = change(pathname, encodeURIComponent(object.id));
    return made === null || made === pathname
      ? null
      : { ...plain, url: origin + made + search, purpose: `${plain.purpose}, ${name}` };
  };

const inPath = (name: string, change: (path: string, id: string) => string | null): Bypass => ({
  name,
  change: withPath(name, change),
});

const withHeaders = (call: Call, headers: HeaderList): Call => ({
  ...call,
  headers: [...call.headers, ...headers],
});

const caseSwapped = (path: string): string =>
  path.replace(/\/([a-z])([a-z-]*)/, (_, first: string, rest: string) => `/${first.toUpperCase()}${rest}`);

const inOtherWords = (name: DisguiseName): Bypass => ({
  name,
  change: (plain) => {
    const disguise = graphqlDisguises(plain.operation).find((one) => one.name === name);
    return disguise ? { ...plain, operation: disguise.operation } : null;
  },
});

/** Ways around a guard that compares paths, for servers that take another spelling for the same. */
const bypasses: readonly Bypass[] = [
  ...disguiseNames.map(inOtherWords),
  { ...inPath('trailing slash', (path) => `${path}/`), byRouter: true },
  { ...inPath('other case', caseSwapped), byRouter: true },
  inPath('older version', (path) =>
    path.replace(/\/v(\d+)(?=\/)/, (_, number: string) => `/v${Math.max(0, Number(number) - 1)}`),
  ),
  inPath('newer version', (path) =>
    path.replace(/\/v(\d+)(?=\/)/, (_, number: string) => `/v${Number(number) + 1}`),
  ),
  inPath('user to admin', (path) => (/\/users?\//.test(path) ? path.replace(/\/users?\//, '/admin/') : null)),
];

/** Tried on one kind of object, which stands for how the application's router reads paths. */
const rarer: readonly Bypass[] = [
  inPath('file ending', (path) => `${path}.json`),
  inPath('encoded letter', (path) =>
    path.replace(/\/([a-z])(?=[a-z]*\/)/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`),
  ),
  inPath('doubled slash', (path, id) => path.replace(`/${id}`, `//${id}`)),
  inPath('dot segment', (path, id) => path.replace(`/${id}`, `/./${id}`)),
  inPath('encoded dot segment', (path, id) => path.replace(`/${id}`, `/%2e/${id}`)),
  inPath('path parameter', (path, id) => path.replace(`/${id}`, `/${id};x=1`)),
  inPath('number spelt otherwise', (path, id) =>
    /^\d+$/.test(id) ? path.replace(`/${id}`, `/0${id}`) : null,
  ),
  { name: 'method override', change: readByPost },
];

/** A POST that calls itself a GET. It says that it changes the object, which is ours: what else it does nobody knows. */
function readByPost(plain: Call, object: PlantedObject): Call | null {
  if (plain.operation.method !== 'GET' || object.origin !== 'planted') return null;
  const url = new URL(plain.url);
  url.searchParams.set('_method', 'GET');
  const operation: Operation = { ...plain.operation, method: 'POST' };
  const posted: Call = { ...plain, operation, url: url.href, effect: changes(object.ref) };
  return withHeaders(posted, [
    ['x-http-method-override', 'GET'],
    ['x-method-override', 'GET'],
  ]);
}

/**
 * Ways around a guard, where the plain attack was denied. Only what gets through becomes a trial of its own; the others are
 * one trial together.
 */
export async function bypassReads(
  front: Front,
  stage: Stage,
  attack: ReadAttack,
  denied: ReadAttempt,
): Promise<readonly CrossTenantTrial[]> {
  if (isSuccess(denied.answer) && denied.sightings.length > 0) return [];
  const { victim, own } = stage;
  const trials: CrossTenantTrial[] = [];
  const tried: string[] = [];
  const spared: string[] = [];
  const exchanges: ExchangeId[] = [];
  const beside: Bypass = {
    name: 'query:id and header:x-original-url',
    change: (plain, object) => {
      const home = own ? attack.callFor(own, plain.purpose) : null;
      if (!home) return null;
      const { pathname, search } = new URL(plain.url);
      const url = new URL(home.url);
      for (const name of new Set(['id', lastSlot(plain.operation)])) url.searchParams.append(name, object.id);
      return withHeaders({ ...home, url: url.href, purpose: plain.purpose }, [
        ['x-original-url', pathname + search],
        ['x-rewrite-url', pathname + search],
      ]);
    },
  };
  const all = front.isFirstOfPair && isFirstKind(front, stage);
  const ownPart = inPath('own part of the id', (path, id) => withOwnPart(path, id, own?.id ?? ''));
  const general = isRepresentative(front, stage) ? [...bypasses, ...(all ? rarer : []), beside] : [];
  for (const { name, change, byRouter = false } of [ownPart, ...general]) {
    if (byRouter && !isInFull(front, stage) && !(await isTaken(front, stage, attack, { name, change }))) {
      spared.push(name);
      continue;
    }
    const made: ReadAttack = {
      ...attack,
      slot: `${attack.slot}, ${name}`,
      callFor: (object, purpose) => {
        const plain = attack.callFor(object, purpose);
        return plain && change(plain, object);
      },
    };
    const call = made.callFor(
      victim,
      `attack by ${name}: ${attack.attacker.id} reads ${stage.resource.type}`,
    );
    if (!call) continue;
    const attempt = await sendRead(front, attack.attacker, call, victim);
    tried.push(name);
    exchanges.push(...exchangesOf(attempt.answer));
    if (attempt.sightings.length > 0) trials.push(await leakTrial(front, stage, made, attempt));
  }
  const local = all ? await asIfLocal(front, stage, attack) : null;
  const [seen] = local?.sightings ?? [];
  if (local && seen) {
    const because =
      'denied plainly, and answered to a request that claims to come from the same machine; whether that claim gets through from elsewhere depends on what stands in front';
    trials.push({
      ...trialHead(stage, { ...attack, action: 'read', slot: `${attack.slot}, header:x-forwarded-for` }),
      ...quietParts({ verdict: 'inconclusive', because }, exchangesOf(local.answer)),
      seenIn: seen.where,
    });
  } else if (local) {
    tried.push('header:x-forwarded-for');
    exchanges.push(...exchangesOf(local.answer));
  }
  if (
    trials.length === 0 &&
    tried.length > 0 &&
    denied.answer.kind === 'answer' &&
    denied.answer.status < 500
  ) {
    const because = `denied plainly (${outcomeOf(denied.answer)}), and so were ${tried.length} other spellings of the request: ${tried.join(', ')}${notTaken(spared)}`;
    trials.push({
      ...trialHead(stage, { ...attack, action: 'read', slot: 'other spellings' }),
      ...quietParts({ verdict: 'safe', because }, exchanges),
    });
  }
  return trials;
}

const notTaken = (spared: readonly string[]): string =>
  spared.length === 0
    ? ''
    : `; not tried, since the application does not take it for the same path: ${spared.join(', ')}`;

/** Whether the router takes a spelling for the same path, by an object of the attacker's own; asked once for all kinds. */
function isTaken(
  front: Front,
  { own }: Stage,
  attack: ReadAttack,
  { name, change }: Bypass,
): Promise<boolean> {
  const known = front.spellings.get(name);
  const purpose = `control: ${attack.attacker.id} reads an object of its own, ${name}`;
  const plain = own && attack.callFor(own, purpose);
  const call = plain && change(plain, own);
  if (known || !call) return known ?? Promise.resolve(true);
  const asked = sendRead(front, attack.attacker, call, own).then(({ answer }) => isSuccess(answer));
  front.spellings.set(name, asked);
  return asked;
}

/** The path with an id whose parts before the last are the attacker's own, for ids such as `north:17`. */
function withOwnPart(path: string, id: string, mine: string): string | null {
  const [theirs, ours] = [decodeURIComponent(id), mine].map((one) => /^(.*[:|~.])([^:|~.]+)$/.exec(one));
  const isMixable = theirs && ours && theirs[1] !== ours[1];
  if (!isMixable) return null;
  const mixed = encodeURIComponent(`${ours[1] ?? ''}${theirs[2] ?? ''}`);
  return mixed === encodeURIComponent(mine) ? null : path.replace(`/${id}`, `/${mixed}`);
}

/** Headers that name the client address. A route that is open to its own machine looks like a way around from there. */
async function asIfLocal(front: Front, stage: Stage, attack: ReadAttack): Promise<ReadAttempt | null> {
  const plain = attack.callFor(stage.victim, `attack by header:x-forwarded-for: ${attack.attacker.id} reads`);
  if (!plain) return null;
  const names = ['x-forwarded-for', 'x-real-ip', 'x-client-ip'];
  const headers = names.map((name): [string, string] => [name, '127.0.0.1']);
  return sendRead(front, attack.attacker, withHeaders(plain, headers), stage.victim);
}

const lastSlot = (operation: Operation): string =>
  operation.path
    .match(/\{([^}]+)\}/g)
    ?.at(-1)
    ?.slice(1, -1) ?? 'id';
