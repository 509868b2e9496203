import * as z from 'zod';

/** How a path names an organisation: by its short name or its id. */
export const orgName = z.string().regex(/^[a-z0-9-]{1,36}$/, 'is no name of an organisation');
