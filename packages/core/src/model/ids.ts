import * as z from 'zod';

/** Id of one recorded exchange (a request and its answer), unique within a run: `x17`. */
export type ExchangeId = `x${number}`;
export const exchangeId = z.templateLiteral(['x', z.int().nonnegative()]);

/** Id of one evidence record, unique within a run: `e3`. */
export type EvidenceId = `e${number}`;
export const evidenceId = z.templateLiteral(['e', z.int().nonnegative()]);

/** What a pass or a finding may cite: an exchange or a whole evidence record. */
export type CitationId = ExchangeId | EvidenceId;
export const citationId = z.union([exchangeId, evidenceId]);

/** `tenant.role`, as named in the target file, or `anonymous`. */
export type ActorId = string;
export const actorId = z.string().min(1);
/** The actor that holds no credential. */
export const anonymous: ActorId = 'anonymous';
