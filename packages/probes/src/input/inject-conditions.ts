import type { ExchangeId } from '@launch-ready/core';
import { disclosedInternals } from './disclosed-internals.ts';
import {
  askWith,
  showsObject,
  type Injectable,
  type InjectionDesk,
  type InjectionTrial,
} from './injection-desk.ts';
import { conditionReproduction } from './injection-reproduction.ts';

/** A value that means the same as the plain one when its condition is understood and holds, and nothing when it does not hold. */
interface Condition {
  readonly kind: 'sql-condition' | 'query-operator';
  /** With a condition that holds; each number makes another one. */
  readonly holds: (value: string, number: number) => string;
  readonly fails: (value: string, number: number) => string;
}

const word = (number: number): string => ['ka', 'mo', 'ru'][number % 3] ?? 'ka';

/** Endings of a text in SQL: as a value, inside LIKE, in double quotes, and as a bare number. None of them changes anything. */
export const textConditions: readonly Condition[] = [
  {
    kind: 'sql-condition',
    holds: (value, number) => `${value}' AND '${word(number)}'='${word(number)}`,
    fails: (value, number) => `${value}' AND '${word(number)}'='${word(number + 1)}`,
  },
  {
    kind: 'sql-condition',
    holds: (value, number) => `${value}%' AND '${word(number)}%'='${word(number)}`,
    fails: (value, number) => `${value}%' AND '${word(number)}%'='${word(number + 1)}`,
  },
  {
    kind: 'sql-condition',
    holds: (value, number) => `${value}%' AND '${word(number)}'='${word(number)}' -- `,
    fails: (value, number) => `${value}%' AND '${word(number)}'='${word(number + 1)}' -- `,
  },
];

export const numberConditions: readonly Condition[] = [
  {
    kind: 'sql-condition',
    holds: (value, number) => `${value} AND ${number + 2}=${number + 2}`,
    fails: (value, number) => `${value} AND ${number + 2}=${number + 3}`,
  },
];

/** For a slot whose name already ends in an operator. */
export const operatorConditions: readonly Condition[] = [
  {
    kind: 'query-operator',
    holds: (value, number) => `^.*${value}.*$${number === 0 ? '' : '|zzz'}`,
    fails: (value, number) => `^.*${value}zz${word(number)}.*$`,
  },
];

/** For a slot whose name ends in "not equal": everything but the value, or everything but what nobody has. */
export const unequalConditions: readonly Condition[] = [
  {
    kind: 'query-operator',
    holds: (_value, number) => `lr-nobody-${word(number)}`,
    fails: (value) => value,
  },
];

/**
 * Asks for an own object with a condition that holds and with one that does not, twice. Text that only looks for the words
 * finds it with both or with neither; only what understands the condition tells them apart.
 */
export async function tryConditions(
  desk: InjectionDesk,
  place: Injectable,
  value: string,
  conditions: readonly Condition[],
): Promise<InjectionTrial> {
  const { operation, object, slot } = place;
  const exchanges: ExchangeId[] = [];
  const kind = conditions[0]?.kind ?? 'sql-condition';
  const base = { operation: operation.id, actor: object.owner, kind, slot, reproduce: null } as const;
  const finds = async (text: string): Promise<boolean | null> => {
    const answer = await askWith(desk, place, encodeURIComponent(text), exchanges);
    if (answer === null || [401, 429].includes(answer.status)) return null;
    return showsObject(answer, object, text);
  };
  let told = 0;
  for (const { holds, fails } of conditions) {
    const first = await finds(holds(value, 0));
    if (first === null) continue;
    told += 1;
    if (!first || (await finds(fails(value, 0))) !== false) continue;
    const again = (await finds(holds(value, 1))) === true && (await finds(fails(value, 1))) === false;
    if (!again) continue;
    return {
      ...base,
      verdict: 'takes-effect',
      because:
        'a condition that holds, put behind the value, found the object, and one that does not hold did not, twice',
      exchanges,
      reproduce: conditionReproduction(desk.workshop, place, value, {
        holds: [holds(value, 0), holds(value, 1)],
        fails: [fails(value, 0), fails(value, 1)],
      }),
    };
  }
  if (told === 0) return { ...base, verdict: 'inconclusive', because: 'no answer told anything', exchanges };
  return {
    ...base,
    verdict: 'inert',
    because: 'conditions put behind the value made no difference',
    exchanges,
  };
}

/** A quote that is left open fails, or shows an error of the database, and one that is written twice does not; twice. */
export async function tryQuote(
  desk: InjectionDesk,
  place: Injectable,
  value: string,
): Promise<InjectionTrial> {
  const { operation, object, slot } = place;
  const exchanges: ExchangeId[] = [];
  const base = {
    operation: operation.id,
    actor: object.owner,
    kind: 'sql-error',
    slot,
    reproduce: null,
  } as const;
  const breaks = async (text: string): Promise<string | null | undefined> => {
    const answer = await askWith(desk, place, encodeURIComponent(text), exchanges);
    if (answer === null || [401, 429].includes(answer.status)) return undefined;
    const shown = disclosedInternals(answer.text, [text]);
    if (shown === 'a database error' || shown === 'an SQL statement') return shown;
    return answer.status >= 500 ? `status ${answer.status}` : null;
  };
  for (const time of ['first', 'second']) {
    const open = await breaks(`${value}'`);
    if (open === undefined)
      return { ...base, verdict: 'inconclusive', because: 'no answer told anything', exchanges };
    if (open === null)
      return { ...base, verdict: 'inert', because: 'an open quote was taken as text', exchanges };
    if ((await breaks(`${value}''`)) !== null)
      return {
        ...base,
        verdict: 'inconclusive',
        because: `an open quote was answered with ${open}, and a closed one too`,
        exchanges,
      };
    if (time === 'second')
      return {
        ...base,
        verdict: 'takes-effect',
        because: `an open quote was answered with ${open} and a doubled one was not, twice`,
        exchanges,
        reproduce: conditionReproduction(desk.workshop, place, value, null),
      };
  }
  return { ...base, verdict: 'inconclusive', because: 'no answer told anything', exchanges };
}
