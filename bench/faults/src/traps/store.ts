import { randomUUID } from 'node:crypto';

/** One account of the trap server. */
export interface Account {
  readonly email: string;
  readonly tenant: string;
  readonly role: string;
  password: string;
}

/** One row of a collection, owned by a tenant. */
export interface Row {
  readonly id: string;
  readonly tenant: string;
  fields: Record<string, unknown>;
  views: number;
  deleted: boolean;
}

/** Rows of one collection, in the order in which they were made. */
export class Rows {
  readonly #rows = new Map<string, Row>();
  #next = 1;
  readonly #ids: 'uuid' | 'number';

  /** @param ids `uuid`, or `number` for ids that count up */
  constructor(ids: 'uuid' | 'number' = 'uuid') {
    this.#ids = ids;
  }

  insert(tenant: string, fields: Record<string, unknown>, id = this.#id()): Row {
    const row: Row = { id, tenant, fields, views: 0, deleted: false };
    this.#rows.set(`${tenant}/${id}`, row);
    return row;
  }

  /** The row with this id, of whichever tenant. */
  any(id: string): Row | undefined {
    return [...this.#rows.values()].find((row) => row.id === id && !row.deleted);
  }

  own(tenant: string, id: string): Row | undefined {
    const row = this.#rows.get(`${tenant}/${id}`);
    return row === undefined || row.deleted ? undefined : row;
  }

  of(tenant: string): readonly Row[] {
    return [...this.#rows.values()].filter((row) => row.tenant === tenant && !row.deleted);
  }

  get all(): readonly Row[] {
    return [...this.#rows.values()].filter((row) => !row.deleted);
  }

  #id(): string {
    return this.#ids === 'uuid' ? randomUUID() : String(this.#next++);
  }
}
