import { encodedAs, fillCall } from '../access/call-shape.ts';
import { sendSpoilt, type Spoilt } from '../access/spoilt-credentials.ts';
import { changes, type Call, type Courier, type Delivery } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { CoverageSubject } from './coverage-subject.ts';

/** A change that was sent without a valid credential. */
export interface Shot {
  readonly answer: Delivery;
  readonly call: Call;
  readonly marks: readonly string[];
}

/** Changes or deletes an object of ours without a valid credential. */
export async function sendSpoiltWrite(
  workshop: Workshop,
  courier: Courier,
  { operation }: CoverageSubject,
  spoilt: Spoilt,
  object: PlantedObject,
): Promise<Shot> {
  const { kind } = spoilt;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  const made = workshop.body(operation, 'update', `nobody ${kind}`, object.values);
  for (const { value } of made.canaries) workshop.context.ledger.allowScope(value);
  const withBody = operation.method !== 'DELETE' || operation.body?.required === true;
  const call: Call = {
    operation,
    url: filled.kind === 'filled' ? filled.url : operation.origin + operation.path,
    headers: filled.kind === 'filled' ? filled.headers : [],
    body: withBody ? encodedAs(operation, made.value) : null,
    effect: changes(object.ref),
    purpose: `change ${object.resource.type} with credential: ${kind}`,
  };
  return {
    answer: await sendSpoilt(courier, spoilt, call),
    call,
    marks: withBody ? made.canaries.map(({ value }) => value) : [],
  };
}
