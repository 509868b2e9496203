import type { EvidenceKind } from '@launch-ready/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account, Row, Rows } from './store.ts';

/** A place in the evidence that shows that the review really met the trap. */
export interface MetWhen {
  readonly kind: EvidenceKind;
  /** Text that must stand in a trial of that kind, such as an operation id. */
  readonly mentions: string;
  /** Further texts that must stand in the same trial. */
  readonly and?: readonly string[];
}

/** Secure behaviour that looks guilty. A review must meet it and stay silent. */
export interface Trap {
  readonly id: string;
  /** Requirement id of the family it belongs to. */
  readonly family: string;
  readonly looksLike: string;
  readonly isSafeBecause: string;
  readonly metWhen: readonly MetWhen[];
}

/** What a handler of a collection has at hand. */
export interface Call {
  readonly account: Account | null;
  readonly rows: Rows;
  readonly id: string;
  readonly input: Record<string, unknown>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type CollectionRoute = 'list' | 'read' | 'create' | 'update' | 'remove' | 'search';

export type Handler = (call: Call) => unknown;

/** A trap that is a collection of objects: strictly isolated by default, with some answers replaced. */
export interface CollectionTrap extends Trap {
  readonly collection: string;
  readonly ids?: 'uuid' | 'number';
  /** Role whose API document names it; everybody's when absent. */
  readonly inDocumentOf?: string;
  /** Operations that the document declares open to everybody. */
  readonly publicOperations?: readonly ('list' | 'read')[];
  /** Those are open by the permissions of the target file, and the document does not say so. */
  readonly publicByPermissions?: true;
  readonly handlers?: Partial<Record<CollectionRoute, Handler>>;
  /** How a request without a good session is answered; 401 when absent. */
  readonly nobody?: Handler;
  /** Routes that the document reserves to admins. The handler sees to it. */
  readonly adminsOnly?: readonly CollectionRoute[];
  /** Adds `PUT /{id}`. */
  readonly replace?: Handler;
}

/** How a row looks in answers. */
export const view = (row: Row): Record<string, unknown> => ({ ...row.fields, id: row.id });
