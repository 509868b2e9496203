import type { Database } from '../database/database.ts';
import { newId } from '../ids.ts';

export interface NewOrganisation {
  readonly slug: string;
  readonly name: string;
  readonly owner: { readonly userId: string; readonly name: string; readonly email: string };
}

/** Whether an error says that a value which must be unique is there already. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

/** Makes an organisation with its first owner. Returns null when the short name is taken. */
export const createOrganisation = async (
  database: Database,
  { slug, name, owner }: NewOrganisation,
): Promise<{ readonly id: string; readonly slug: string; readonly name: string } | null> => {
  const id = newId();
  try {
    await database.inNewTenant(id, async (tx) => {
      await tx.insertInto('app.tenants').values({ tenant_id: id, slug, name }).execute();
      await tx
        .insertInto('app.memberships')
        .values({ tenant_id: id, user_id: owner.userId, role: 'owner', name: owner.name, email: owner.email })
        .execute();
    });
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
  return { id, slug, name };
};
