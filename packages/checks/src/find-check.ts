import type { AnyCheck } from '@launch-ready/core';
import { checks } from './all-checks.ts';

/** The check with this id, or null. */
export const findCheck = (id: string): AnyCheck | null => checks.find((check) => check.id === id) ?? null;
