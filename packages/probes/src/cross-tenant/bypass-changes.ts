import type { HeaderList, HttpMethod } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import { asActor, changes, isSuccess } from './courier.ts';
import type { ChangeAttack, PreparedChange } from './change-attack.ts';
import { isFirstKind, isInFull, type Front, type Stage } from './front.ts';
import { otherBodies } from './other-bodies.ts';
import type { OwnerView } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';

interface Bypass {
  readonly name: string;
  /** Whether the whole application takes it or not, so that one object of the attacker's own tells it for all kinds. */
  readonly byRouter?: boolean;
  readonly change: (plain: PreparedChange, object: PlantedObject) => PreparedChange | null;
}

const withMethod = (plain: PreparedChange, method: HttpMethod, headers: HeaderList = []): PreparedChange => ({
  ...plain,
  call: {
    ...plain.call,
    operation: { ...plain.call.operation, method },
    headers: [...plain.call.headers, ...headers],
  },
});

const bypasses: readonly Bypass[] = [
  {
    name: 'method override',
    byRouter: true,
    change: (plain) => {
      const { method } = plain.call.operation;
      const url = new URL(plain.call.url);
      url.searchParams.set('_method', method);
      const made = withMethod(plain, 'POST', [
        ['x-http-method-override', method],
        ['x-method-override', method],
      ]);
      return { ...made, call: { ...made.call, url: url.href } };
    },
  },
  {
    name: 'method',
    byRouter: true,
    change: (plain) => {
      const { method } = plain.call.operation;
      if (method === 'PATCH') return withMethod(plain, 'PUT');
      return method === 'PUT' ? withMethod(plain, 'PATCH') : null;
    },
  },
];

/** Tried on one kind of object, which stands for how the application takes them. */
const rarer: readonly Bypass[] = [
  ...otherBodies.map(({ name, of }): Bypass => ({
    name,
    change: (plain) => {
      const body = plain.call.body && of(plain.call.body);
      return body && { ...plain, call: { ...plain.call, body } };
    },
  })),
  {
    name: 'trailing slash',
    change: (plain) => {
      const { origin, pathname, search } = new URL(plain.call.url);
      return { ...plain, call: { ...plain.call, url: `${origin}${pathname}/${search}` } };
    },
  },
];

/** The path of an object of the attacker's own, and the id of the foreign one in the body: which of them is changed. */
const idInBody = ({ own: mine }: Stage): Bypass => ({
  name: 'id of the body',
  change: (plain, object) => {
    const { body, url } = plain.call;
    const theirs = `/${encodeURIComponent(object.id)}`;
    const { origin, pathname, search } = new URL(url);
    if (!mine || body?.kind !== 'json' || !isJsonObject(body.value) || !pathname.includes(theirs))
      return null;
    const path = pathname.replace(theirs, `/${encodeURIComponent(mine.id)}`);
    return {
      ...plain,
      otherwise: mine.ref,
      call: {
        ...plain.call,
        url: origin + path + search,
        body: { kind: 'json', value: { ...body.value, id: numbered(object) } },
        effect: changes(object.ref, mine.ref),
      },
    };
  },
});

/** An id as the application writes it: a number where it is one. */
const numbered = ({ id }: PlantedObject): string | number => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : id);

/** Other spellings of a changing attack. They go into the same batch, and become trials only when one has an effect. */
export async function bypassChanges(
  front: Front,
  stage: Stage,
  plain: ChangeAttack,
): Promise<readonly ChangeAttack[]> {
  const isFirst = front.isFirstOfPair && isFirstKind(front, stage);
  const all = [
    ...bypasses,
    ...(isFirst ? rarer : []),
    ...(plain.action === 'update' && isInFull(front, stage) ? [idInBody(stage)] : []),
  ];
  const made: ChangeAttack[] = [];
  for (const { name, change, byRouter = false } of all) {
    if (byRouter && !isInFull(front, stage) && !(await isTaken(front, stage, plain, { name, change })))
      continue;
    made.push({
      ...plain,
      slot: `${plain.slot}, ${name}`,
      silent: true,
      prepare: (object, view) => {
        const prepared = plain.prepare(object, view);
        return prepared && change(prepared, object);
      },
    });
  }
  return made;
}

const noView: OwnerView = { present: false, gone: false, text: '', fields: new Map(), exchanges: [] };

/** Whether the application takes a change in this spelling at all, by an object of the attacker's own; asked once. */
async function isTaken(
  front: Front,
  { own: mine }: Stage,
  plain: ChangeAttack,
  { name, change }: Bypass,
): Promise<boolean> {
  const key = `change by ${name}`;
  const known = front.spellings.get(key);
  if (known) return known;
  const prepared = mine && plain.action === 'update' ? plain.prepare(mine, noView) : null;
  const spelt = mine && prepared ? change(prepared, mine) : null;
  // What cannot be asked is tried.
  if (!mine || !spelt) return true;
  front.workshop.remark(mine.ref, spelt.written);
  const purpose = `control: ${plain.attacker.id} changes one of its own tenant, ${name}`;
  const asked = front.courier
    .send(asActor(plain.attacker.id), { ...spelt.call, purpose })
    .then((answer) => isSuccess(answer));
  front.spellings.set(key, asked);
  return asked;
}
