import { randomUUID } from 'node:crypto';

export interface Ticket {
  readonly id: string;
  readonly tenant: string;
  subject: string;
  details: string | null;
  urgent: boolean;
  closed: boolean;
}

export interface Comment {
  readonly id: string;
  readonly tenant: string;
  readonly ticketId: string;
  readonly text: string;
}

/** Global ids as Relay has them: kind and number in base64. */
export const globalId = (kind: string): string =>
  Buffer.from(`${kind}:${randomUUID()}`).toString('base64url');

/** Tickets and comments of both tenants. */
export class DeskStore {
  readonly tickets = new Map<string, Ticket>();
  readonly comments = new Map<string, Comment>();

  ticketsOf(tenant: string): readonly Ticket[] {
    return [...this.tickets.values()].filter((one) => one.tenant === tenant);
  }

  commentsOf(ticketId: string): readonly Comment[] {
    return [...this.comments.values()].filter((one) => one.ticketId === ticketId);
  }
}
