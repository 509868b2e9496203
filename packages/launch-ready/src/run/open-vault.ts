import { createCipheriv, createDecipheriv, createHmac, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeptToken, Target, Vault } from '@launch-ready/probes';
import * as z from 'zod';
import { writeText, type RunFolder } from './run-folder.ts';

const file = 'vault.json';
const shortestKey = 16;

const sealed = z.object({
  target: z.string(),
  salt: z.string(),
  nonce: z.string(),
  tag: z.string(),
  tokens: z.string(),
});
const kept = z.array(
  z
    .object({
      purpose: z.enum(['access', 'refresh']),
      actor: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
      keptAt: z.string(),
      dueAt: z.string(),
    })
    .readonly(),
);

/**
 * Opens the vault of a run: the tokens of the newest earlier run of the same target beside it, and a place for new ones. They
 * are encrypted (AES-256-GCM, key by scrypt) with a key that stands in the environment only. Undefined without a key of 16
 * characters or more: then nothing is kept at all.
 */
export function openVault(
  folder: RunFolder,
  target: Pick<Target, 'name' | 'app'>,
  key: string | undefined,
): Vault | undefined {
  if (key === undefined || key.length < shortestKey) return undefined;
  // The names of targets are told apart without being readable.
  const mark = createHmac('sha256', key).update(`${target.name} ${target.app}`).digest('hex');
  return {
    earlier: newestBeside(folder, mark, key),
    keep: (tokens) => {
      const salt = randomBytes(16);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', scryptSync(key, salt, 32), nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(tokens), 'utf8'), cipher.final()]);
      const shut = {
        target: mark,
        salt: salt.toString('base64'),
        nonce: nonce.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
        tokens: text.toString('base64'),
      };
      writeText(join(folder.path, file), `${JSON.stringify(shut)}\n`);
    },
  };
}

function newestBeside(folder: RunFolder, mark: string, key: string): readonly KeptToken[] {
  const base = dirname(folder.path);
  if (!existsSync(base)) return [];
  const names = readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && join(base, entry.name) !== folder.path)
    .map(({ name }) => name)
    .toSorted((a, b) => b.localeCompare(a));
  for (const name of names) {
    const tokens = unsealed(join(base, name, file), mark, key);
    if (tokens !== null) return tokens;
  }
  return [];
}

/** Null when there is none, of this target and with this key, or when it was changed. */
function unsealed(path: string, mark: string, key: string): readonly KeptToken[] | null {
  if (!existsSync(path)) return null;
  try {
    const { target, salt, nonce, tag, tokens } = sealed.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (target !== mark) return null;
    const from = (text: string): Buffer => Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', scryptSync(key, from(salt), 32), from(nonce));
    decipher.setAuthTag(from(tag));
    const text = Buffer.concat([decipher.update(from(tokens)), decipher.final()]).toString('utf8');
    return kept.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
