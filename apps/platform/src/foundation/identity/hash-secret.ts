import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits that is safe in cookies and links. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * What of a secret may lie in the database. A fast hash is right here: the secret has 256 random bits, so guessing is
 * hopeless and a stretched hash would only cost time at every request.
 */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
