import type { Operation } from '@launch-ready/core';
import { readComplaints, refusedFields } from './complaints.ts';
import { outcomeOf, type Delivery } from './courier.ts';
import { repairRecipe } from './repair-recipe.ts';
import type { Workshop } from './workshop.ts';

/** Why a refused creating request is not worth another try; `denied` when it was refused as not permitted. */
interface FinalRefusal {
  readonly because: string;
  readonly denied: boolean;
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
  const refused = status === 403 ? refusedFields(json, sent) : [];
  if (status !== 400 && status !== 422 && refused.length === 0) {
    return {
      because: `creating one was ${outcomeOf(answer)}`,
      denied: status === 401 || status === 403 || status === 404,
    };
  }
  const recipe = workshop.recipes.get(create.id) ?? {
    shape: create.body ?? null,
    directives: new Map(),
    wrapper: null,
  };
  const repaired = repairRecipe(recipe, refused.length > 0 ? refused : readComplaints(json), sent);
  if (!repaired)
    return {
      because: `creating one was answered ${status}, and the answer does not say what is wrong with the body`,
      denied: false,
    };
  workshop.recipes.set(create.id, repaired);
  return null;
}
