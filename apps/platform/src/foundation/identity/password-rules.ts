import * as z from 'zod';

/** Passwords that fulfil the length rule and are guessed first all the same. */
const guessedFirst = new Set([
  'password1234',
  'password12345',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiop123',
  '123456789012',
  '1234567890123',
  '1q2w3e4r5t6y',
  'iloveyou1234',
  'letmein12345',
  'welcome12345',
  'administrator',
  'changeme1234',
  'qwerty123456',
  'abcdefghijkl',
  'abc123456789',
  'football1234',
  'baseball1234',
  'princess1234',
  'sunshine1234',
  'trustno1trustno1',
]);

/** A new password: long rather than complicated (NIST SP 800-63B, ASVS 5.0 6.2), and none that is guessed first. */
export const newPassword = z
  .string()
  .min(12, 'must have at least 12 characters')
  .max(128, 'must have at most 128 characters')
  .refine((value) => !guessedFirst.has(value.toLowerCase()), 'is one of the passwords that are guessed first')
  .refine((value) => new Set(value).size > 3, 'repeats too few characters');

/** A password as typed at a login: any text short enough to be hashed. */
export const typedPassword = z.string().min(1).max(128);
