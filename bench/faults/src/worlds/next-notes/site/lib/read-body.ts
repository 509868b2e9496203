import * as z from 'zod';
import { desk } from './desk.ts';
import { json } from './enter.ts';

const line = z
  .string()
  .min(1)
  .max(140)
  .regex(/^[^\0]*$/);
export const note = z.object({
  title: line,
  text: z
    .string()
    .max(3000)
    .regex(/^[^\0]*$/),
});
export const notebook = z.object({ name: line });
export const newPassword = z.object({
  currentPassword: z.string(),
  newPassword: z.string().min(12).max(200),
});
const largest = 64 * 1024;

/** The body of a request when it fits, or the answer that says what is wrong with it. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T | Response> {
  if (!(request.headers.get('content-type') ?? '').includes('application/json'))
    return json({ error: 'send JSON' }, 415);
  const text = await request.text();
  if (text.length > largest) return json({ error: 'too large' }, 413);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (desk.isOn('notes-broken-json-crashes')) return json({ error: 'internal error' }, 500);
    const stack = desk.isOn('notes-stack-in-errors') && error instanceof Error ? { stack: error.stack } : {};
    return json({ error: 'this is no JSON', ...stack }, 400);
  }
  const given = schema.safeParse(value);
  return given.success ? given.data : json({ issues: given.error.issues }, 400);
}
