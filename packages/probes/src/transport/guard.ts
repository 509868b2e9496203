import { isSafeMethod, type RunMode } from '@launch-ready/core';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';
import type { Target } from '../target/target.ts';
import { dangerousWord, endingWord } from './dangerous-words.ts';
import { idsInBody, idsInQuery } from './ids-in-body.ts';
import { matchPath, plainSegments } from './path-template.ts';
import type { RawUrl } from './raw-url.ts';
import type { OutgoingRequest } from './transport.ts';

export interface GuardSetting {
  readonly target: Pick<Target, 'origins' | 'allow' | 'tenantIds' | 'tenants'>;
  readonly ledger: Ledger;
  readonly mode: RunMode;
}

/**
 * Why a request must not leave, or null when it may. Refused are: other origins than the target's; operations that the
 * target file never allows; names that sound dangerous, on any method, without leave; changing requests without a fitting
 * effect; and changing requests that name an object which we did not create.
 */
export function guardRefusal(
  request: OutgoingRequest,
  url: RawUrl | null,
  setting: GuardSetting,
): string | null {
  const { target, ledger } = setting;
  const refuse = (why: string): string =>
    `${request.method} ${url?.path.split('?')[0] ?? request.url} was not sent: ${why}`;
  if (!url) return refuse('it is not an absolute http or https URL');
  const scope = Object.values(target.origins).map((origin) => new URL(origin).origin);
  if (!scope.includes(url.origin)) return refuse(`${url.origin} is not an origin of the target`);

  const { operation, effect, method } = request;
  const known = knownValues(setting);
  const literal = plainSegments(url.path).filter((segment) => !known(segment));
  const ids = [operation?.id, `${method} /${plainSegments(url.path).join('/')}`].filter(
    (id) => id !== undefined,
  );
  if (target.allow.never.some((never) => ids.includes(never) || literal.includes(never.replace(/^\//, ''))))
    return refuse('the target file says never to call it');
  if (!ids.some((id) => target.allow.operations.includes(id))) {
    const templateSegments = (operation?.path ?? '').replace(/\{[^}]+\}/g, '').split('/');
    // Deleting one object of ours stays that, however its summary puts it ("withdraw an invite").
    const oneOfOurs = method === 'DELETE' && effect.kind === 'change';
    const names = {
      segments: [...templateSegments, ...literal],
      summary: oneOfOurs ? undefined : operation?.summary,
    };
    // A request with a password is about one account's way to log in, though its path may say `reset` alone.
    const word = dangerousWord({ ...names, fields: namesInBody(request) }, effect.kind === 'session');
    if (word !== null)
      return refuse(`"${word}" sounds dangerous; list it in allow.operations of the target file to call it`);
  }
  const ending = endingWord(operation?.path ?? url.path, method);
  const onOurs = plainSegments(url.path).some((segment) => isOurs(ledger, segment));
  if (ending !== null && !onOurs && !ids.some((id) => target.allow.operations.includes(id))) {
    return refuse(
      `"${ending}" would end more than an object of this run; list it in allow.operations of the target file to call it`,
    );
  }
  if (effect.kind === 'session') return null;
  if (isSafeMethod(method) && effect.kind === 'none') return null;
  if (effect.kind === 'none') return refuse('a changing request must say what it creates or changes');
  if (setting.mode === 'observe') return refuse('nothing is created or changed in observe mode');
  if (!operation) return refuse('a changing request must name its operation');

  const named = effect.kind === 'account' ? effect.ids : [];
  const entries =
    effect.kind === 'account'
      ? []
      : effect.kind === 'create'
        ? [ledger.entry(effect.entry)]
        : effect.objects.map((ref) => ledger.entry(ref));
  if (effect.kind === 'create' && entries.some((entry) => entry.state !== 'intended')) {
    return refuse(`ledger entry ${effect.entry} already stands for another object`);
  }
  const match = matchPath(operation.path, url.path);
  // A path of another shape is a variant of the attack: then every segment that the template does not spell out counts.
  const inPath = match
    ? Object.values(match.values)
    : literalsBeyond(operation.path, plainSegments(url.path));
  const change = effect.kind === 'change';
  const exists = change || effect.kind === 'account';
  const elsewhere = [...idsInQuery(url.path, exists), ...idsInBody(request.body, exists)];
  const unknown = [...inPath, ...elsewhere].find((value) => !known(value) && !named.includes(value));
  if (unknown !== undefined) return refuse(`it names "${unknown}", which this run did not create`);
  if (
    change &&
    ![...inPath, ...elsewhere].some((value) => entries.some((entry) => namesOf(entry).includes(value)))
  ) {
    return refuse('it names none of the objects that it says it changes');
  }
  return null;
}

const isOurs = (ledger: Ledger, value: string): boolean =>
  ledger.entries.some((entry) => namesOf(entry).includes(value));

/** Values under which an object can be named: its id and, when no path slot carries the id, its own (last) slot. */
function namesOf(entry: LedgerEntry): readonly string[] {
  const slots = Object.values(entry.slots);
  const own = entry.objectId === null ? [] : [entry.objectId];
  const last = slots.at(-1);
  return last === undefined || slots.some((value) => own.includes(value)) || own.length === 0
    ? own
    : [...own, last];
}

function knownValues({ ledger, target }: GuardSetting): (value: string) => boolean {
  const tenantValues = new Set([
    ...target.tenants,
    ...Object.values(target.tenantIds).flatMap((ids) => Object.values(ids)),
  ]);
  return (value) =>
    ledger.findByObjectId(value) !== null ||
    ledger.isAllowedScope(value) ||
    tenantValues.has(value) ||
    ledger.entries.some(
      (entry) =>
        namesOf(entry).includes(value) || entry.canaries.some((canary) => value.includes(canary.value)),
    );
}

function literalsBeyond(template: string, segments: readonly string[]): readonly string[] {
  const spelled = new Set(template.toLowerCase().split('/'));
  return segments.filter(
    (segment) =>
      !spelled.has(segment.toLowerCase()) && !spelled.has(segment.toLowerCase().replace(/\.\w+$/, '')),
  );
}

const namesInBody = ({ body }: OutgoingRequest): readonly string[] =>
  body?.kind === 'json' && typeof body.value === 'object' && body.value !== null
    ? Object.keys(body.value)
    : body?.kind === 'form'
      ? Object.keys(body.fields)
      : [];
