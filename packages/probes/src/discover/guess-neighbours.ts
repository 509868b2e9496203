import type { Actor, Operation, Slot } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { Target } from '../target/target.ts';
import { fillPath } from '../transport/path-template.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { Answer, Transport } from '../transport/transport.ts';
import { observedSchema, withoutExamples } from './har/observed-schema.ts';
import { neighbourPaths, type Neighbour } from './neighbour-paths.ts';

/** How many requests guessing may cost. */
const mostRequests = 25;
const absentName = 'lr-absent-4c7q';

/**
 * Looks for operations beside the known ones: `/projects/all`, `/admin/projects`, `/debug`. Asked is with GET only, as one
 * actor; kept is what answers JSON with success where an absent path of the same shape is answered otherwise.
 */
export async function guessNeighbours(setting: {
  readonly target: Pick<Target, 'tenantIds' | 'actors'>;
  readonly transport: Transport;
  readonly sessions: Sessions;
  readonly operations: readonly Operation[];
}): Promise<readonly Operation[]> {
  const { sessions, target, operations } = setting;
  const [actor] = sessions.actors;
  if (!actor) return [];
  let left = mostRequests;
  const absents = new Map<string, Answer | null>();

  const ask = async (origin: string, template: string): Promise<Answer | null> => {
    const path = fillPath(template, target.tenantIds[actor.tenant ?? ''] ?? {});
    if (path === null || left <= 0) return null;
    left -= 1;
    try {
      const result = await sessions.send(actor.id, {
        probe: 'discover/neighbours',
        purpose: 'is there something that no document names',
        method: 'GET',
        url: `${origin}${path}`,
        effect: { kind: 'none' },
        maxBytes: 1024 * 1024,
      });
      return result.kind === 'answer' ? result : null;
    } catch (error) {
      // The target file may forbid a word of the guess; then it is not asked.
      if (error instanceof GuardRefusal) return null;
      throw error;
    }
  };

  const found: Operation[] = [];
  for (const guess of neighbourPaths(operations, absentName)) {
    if (left <= 0) break;
    const answer = await ask(guess.origin, guess.path);
    if (!answer || !isData(answer)) continue;
    const key = `${guess.origin}${guess.absent}`;
    const absent = absents.has(key) ? (absents.get(key) ?? null) : await ask(guess.origin, guess.absent);
    absents.set(key, absent);
    if (absent && differs(answer, absent, guess)) found.push(operationOf(guess, answer, actor));
  }
  return found;
}

const isData = (answer: Answer): boolean =>
  answer.status >= 200 &&
  answer.status < 300 &&
  /json/i.test(answer.header('content-type') ?? '') &&
  answer.json() !== undefined;

/** Whether the answer is more than what the application says to anything of that shape. */
function differs(answer: Answer, absent: Answer, guess: Neighbour): boolean {
  if (absent.status >= 300) return true;
  const name =
    guess.path.split('/').find((segment, index) => segment !== guess.absent.split('/')[index]) ?? '';
  const plain = (text: string): string => text.replaceAll(absentName, '').replaceAll(name, '');
  if (plain(answer.text) === plain(absent.text)) return false;
  const shape = (one: Answer): string => JSON.stringify(withoutExamples(observedSchema([one.json()])));
  return shape(answer) !== shape(absent);
}

const operationOf = (guess: Neighbour, answer: Answer, actor: Actor): Operation => ({
  id: `GET ${guess.path}`,
  method: 'GET',
  path: guess.path,
  origin: guess.origin,
  tags: [],
  slots: [...guess.path.matchAll(/\{([^}]+)\}/g)].map((match): Slot => ({
    in: 'path',
    name: match[1] ?? '',
    required: true,
  })),
  responses: [
    {
      status: String(answer.status),
      contentType: answer.header('content-type'),
      schema: withoutExamples(observedSchema([answer.json()])),
    },
  ],
  declaredAuth: 'unstated',
  sources: [`guess: ${guess.because}, answered to ${actor.id}`],
});
