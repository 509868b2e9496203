import { readFileSync } from 'node:fs';
import * as z from 'zod';

const savedState = z.object({
  cookies: z
    .array(
      z.object({
        name: z.string(),
        value: z.string(),
        domain: z.string(),
        path: z.string().default('/'),
        expires: z.number().default(-1),
        httpOnly: z.boolean().default(false),
        secure: z.boolean().default(false),
      }),
    )
    .default([]),
  origins: z
    .array(
      z.object({
        origin: z.string(),
        localStorage: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
      }),
    )
    .default([]),
});

/** What a browser kept of a session, as Playwright writes it. */
export type SavedState = z.infer<typeof savedState>;

/** Reads a `storageState` file; a text says in one line why it cannot be used. */
export function readSavedState(path: string): SavedState | string {
  try {
    const parsed = savedState.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success) return 'is not a storageState file of Playwright';
    const { cookies, origins } = parsed.data;
    return cookies.length === 0 && origins.every(({ localStorage }) => localStorage.length === 0)
      ? 'holds neither cookies nor local storage; save it after logging in'
      : parsed.data;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? 'does not exist'
      : 'is not JSON';
  }
}
