import type { Operation } from '@launch-ready/core';
import type { BodyRecipe } from './body-recipe.ts';
import { readComplaints, refusedFields } from './complaints.ts';
import { outcomeOf, type Delivery } from '../cross-tenant/courier.ts';
import { isFile, nextFile } from './file-value.ts';
import { isJsonObject } from './json-scalars.ts';
import { repairRecipe } from './repair-recipe.ts';
import { firstRecipe, withObservedWords } from './unstated-body.ts';
import { withoutAddresses } from './without-addresses.ts';
import type { Workshop } from './workshop.ts';

/** Why a refused creating request is not worth another try; `denied` when it was refused as not permitted. */
interface FinalRefusal {
  readonly because: string;
  readonly denied: boolean;
  /** Refused as a wrong request, and nothing was said of any field. */
  readonly mute?: boolean;
}

/**
 * Repairs the body of a creating request by what the application said about it; null when it can be tried again.
 *
 * @param sent the refused body
 */
export function learnFromRefusal(
  workshop: Workshop,
  create: Operation,
  answer: Delivery,
  sent: unknown,
): FinalRefusal | null {
  if (answer.kind !== 'answer') return { because: outcomeOf(answer), denied: false };
  const { status } = answer;
  const json = answer.json() ?? answer.text;
  const recipe = workshop.recipes.get(create.id) ?? firstRecipe(create);
  const unfetched = status >= 500 ? withoutAddresses(recipe, create, sent) : null;
  if (unfetched) {
    workshop.recipes.set(create.id, unfetched);
    return null;
  }
  const refused = status === 403 ? refusedFields(json, sent) : [];
  if (status !== 400 && status !== 415 && status !== 422 && refused.length === 0) {
    return {
      because: `creating one was ${outcomeOf(answer)}`,
      denied: status === 401 || status === 403 || status === 404,
    };
  }
  const repaired =
    repairRecipe(recipe, refused.length > 0 ? refused : readComplaints(json), sent) ??
    withOtherFile(recipe, sent) ??
    withObservedWords(recipe);
  if (!repaired)
    return {
      because: `creating one was answered ${status}, and the answer does not say what is wrong with the body`,
      denied: false,
      mute: status !== 415 && readComplaints(json).length === 0,
    };
  workshop.recipes.set(create.id, repaired);
  return null;
}

/** The same body with files of another kind, when it holds any. */
function withOtherFile(recipe: BodyRecipe, sent: unknown): BodyRecipe | null {
  const files = isJsonObject(sent) ? Object.entries(sent) : [];
  const directives = new Map(recipe.directives);
  for (const [name, value] of files)
    if (isFile(value)) directives.set(`/${name}`, { kind: 'file', as: nextFile(value.as) });
  return isSame(directives, recipe) ? null : { ...recipe, directives };
}

const isSame = (directives: ReadonlyMap<string, unknown>, recipe: BodyRecipe): boolean =>
  JSON.stringify([...directives]) === JSON.stringify([...recipe.directives]);
