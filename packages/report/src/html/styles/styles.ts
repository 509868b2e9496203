import { banner } from './banner.ts';
import { base } from './base.ts';
import { layout } from './layout.ts';
import { narrow } from './narrow.ts';
import { customProperties, dark, light } from './palette.ts';
import { parts } from './parts.ts';
import { print } from './print.ts';
import { sections } from './sections.ts';

const colours = `
:root { color-scheme: light dark; ${customProperties(light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${customProperties(dark)} } }
@media print { :root { color-scheme: light; } }
`;

/** The one style sheet of the report. */
export const styles = [colours, base, layout, banner, parts, sections, narrow, print].join('');
