import { NotLoggedIn } from '../session/not-logged-in.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { SendResult } from '../transport/transport.ts';

/** A request that the guard kept back, for instance because its name sounds dangerous, or whose account cannot log in. */
export interface KeptBack {
  readonly kind: 'not-sent';
  readonly because: string;
}

/** Waits for a request; that the guard keeps it back is an outcome here, since documents choose the names. */
export async function unlessGuarded(sending: Promise<SendResult>): Promise<SendResult | KeptBack> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof GuardRefusal || error instanceof NotLoggedIn)
      return { kind: 'not-sent', because: error.message };
    throw error;
  }
}
