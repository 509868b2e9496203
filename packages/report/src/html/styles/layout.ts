/** The page: contents beside the report, and the rhythm of its sections. */
export const layout = `
.page { display: grid; grid-template-columns: 232px minmax(0, 1fr); max-width: 1240px; margin: 0 auto; }
main { padding: 32px 32px 64px; min-width: 0; }
section { margin-top: 56px; }
.section-head { margin-bottom: 16px; }
.lead { color: var(--soft); margin-top: 4px; max-width: 84ch; text-wrap: pretty; }
.surface { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
.padded { padding: 20px; }
.empty { color: var(--soft); background: var(--surface); border: 1px dashed var(--line); border-radius: 12px; padding: 20px; }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }

.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 36px 0 32px 24px; font-size: 14px; }
.brand { display: flex; align-items: center; gap: 8px; font-weight: 650; letter-spacing: -0.01em; padding: 0 10px; margin-bottom: 20px; }
.brand svg { width: 20px; height: 20px; fill: none; stroke: var(--surface); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.brand rect { fill: var(--ink); stroke: none; }
.contents a { display: flex; justify-content: space-between; align-items: baseline; gap: 8px; padding: 5px 10px; border-radius: 8px; color: var(--soft); text-decoration: none; }
.contents a:hover { background: var(--quiet-ground); color: var(--ink); }
.contents .note { display: inline-flex; align-items: center; gap: 4px; font-size: 12px; white-space: nowrap; }
.contents .note .icon { width: 11px; height: 11px; stroke-width: 2.4; }
.note.good { color: var(--good); font-weight: 600; }
.note.bad { color: var(--bad); font-weight: 600; }
.note.unsure { color: var(--unsure); font-weight: 600; }
`;
