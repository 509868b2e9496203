import type { Response } from 'express';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';

const locals = z.object({ caller: z.custom<Account>() });

/** The account that a request was let in with. */
export const callerOf = (response: Response): Account => locals.parse(response.locals).caller;
