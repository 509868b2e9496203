import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { IsOn } from '../world.ts';

export const item = z.object({
  title: z.string().min(1).max(120),
  description: z.string().min(1).max(2000),
  price: z.int().min(0).max(1_000_000),
  status: z.enum(['draft', 'public']).optional(),
});
const row = z.object({
  id: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  price: z.number(),
  status: z.string(),
});
type Row = z.infer<typeof row>;

const columns = 'id, title, description, price, status';

/** The items of the shop in a database of its own. */
export class GuardStore {
  readonly #database = new DatabaseSync(':memory:');
  readonly #isOn: IsOn;

  constructor(isOn: IsOn) {
    this.#isOn = isOn;
    this.#database.exec(
      'create table items (id text primary key, tenant text, title text, description text, price integer, status text)',
    );
  }

  insert(tenant: string, given: Partial<z.infer<typeof item>>): Row {
    const id = randomUUID();
    this.#database
      .prepare('insert into items values (?, ?, ?, ?, ?, ?)')
      .run(
        id,
        tenant,
        given.title ?? null,
        given.description ?? null,
        given.price ?? 0,
        given.status ?? 'draft',
      );
    return row.parse(this.one(tenant, id));
  }

  one(tenant: string, id: string): Row | undefined {
    const found = this.#isOn('guard-sql-in-path')
      ? this.#database.prepare(`select ${columns} from items where tenant = ? and id = '${id}'`).get(tenant)
      : this.#database.prepare(`select ${columns} from items where tenant = ? and id = ?`).get(tenant, id);
    return found === undefined ? undefined : row.parse(found);
  }

  all(tenant: string): readonly Row[] {
    return z
      .array(row)
      .parse(this.#database.prepare(`select ${columns} from items where tenant = ?`).all(tenant));
  }

  change(tenant: string, id: string, given: Partial<z.infer<typeof item>>): void {
    for (const [column, value] of Object.entries(given))
      if (['title', 'description', 'price', 'status'].includes(column) && value !== undefined)
        this.#database
          .prepare(`update items set ${column} = ? where tenant = ? and id = ?`)
          .run(value, tenant, id);
  }

  remove(tenant: string, id: string): void {
    this.#database.prepare('delete from items where tenant = ? and id = ?').run(tenant, id);
  }

  /** Items with all these words, or with any of them, in their title or description. */
  search(tenant: string, wanted: string): readonly Row[] {
    if (this.#isOn('guard-sql-in-search')) {
      const like = `'%${wanted}%'`;
      return z
        .array(row)
        .parse(
          this.#database
            .prepare(
              `select ${columns} from items where tenant = ? and (title like ${like} or description like ${like})`,
            )
            .all(tenant),
        );
    }
    // Any of the words will do, as in the full-text search of most databases.
    const words = wanted
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((one) => one.length > 3);
    return this.all(tenant).filter((one) =>
      words.some((word) => `${one.title} ${one.description}`.toLowerCase().includes(word)),
    );
  }

  /** Items whose title fits a pattern. */
  /** Items whose title is another one. */
  unequal(tenant: string, title: string): readonly Row[] {
    return this.all(tenant).filter((one) => one.title !== title);
  }

  matching(tenant: string, pattern: string): readonly Row[] {
    return this.all(tenant).filter((one) => new RegExp(pattern, 'i').test(one.title ?? ''));
  }
}
