import type { Review } from '@launch-ready/core';
export const renderMarkdown = (review: Review): string => review.run.id;
