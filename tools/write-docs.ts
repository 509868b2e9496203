import { writeFileSync } from 'node:fs';
import { checkDocs } from './check-docs.ts';

writeFileSync(new URL('../docs/checks.md', import.meta.url), checkDocs());
