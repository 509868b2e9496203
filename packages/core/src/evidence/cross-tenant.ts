import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/**
 * `act`: something done to an object other than changing its fields or deleting it; `tenant`: what belongs to the tenant as a
 * whole and was there before the run, such as its members and its settings.
 */
export const crossTenantActions = ['read', 'list', 'update', 'delete', 'insert', 'act', 'tenant'] as const;

/** Attacks of one tenant's actors on objects that another tenant's actor had just made. */
export const crossTenant = z
  .object({
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            action: z.enum(crossTenantActions),
            slot: z.string().describe('where the foreign value went, such as `path:post`, or `-` for lists'),
            relation: z.string().describe('`foreign admin`, `foreign member`'),
            attacker: actorId,
            owner: actorId,
            objectType: z.string(),
            verdict: z.enum(['leak', 'write', 'delete', 'insert', 'existence', 'safe', 'inconclusive']),
            confirmations: z
              .int()
              .nonnegative()
              .describe('how often the whole chain gave this verdict on fresh objects'),
            seenIn: z.string().nullable().describe('where the canary turned up: `body`, `header location`'),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    ids: z
      .array(
        z
          .object({
            objectType: z.string(),
            quality: z
              .enum(['guessable', 'random', 'unknown'])
              .describe('whether somebody who was not given an id can come by one'),
            because: z.string(),
          })
          .readonly(),
      )
      .readonly()
      .optional()
      .describe(
        'how the ids of each planted kind of object are made; an information, and no fault by itself',
      ),
    attackable: z
      .object({
        act: z.array(z.string()).readonly(),
        tenant: z.array(z.string()).readonly(),
        leftAlone: z
          .array(z.string())
          .readonly()
          .optional()
          .describe('operations that change or remove what belongs to a tenant and could not be put back'),
      })
      .readonly()
      .optional()
      .describe('operations there are for actions that not every application has'),
  })
  .readonly();
