import type { Review } from '@launch-ready/core';
export interface TerminalOptions { readonly color: boolean }
export const renderTerminal = (review: Review, _options: TerminalOptions): string => review.run.id;
