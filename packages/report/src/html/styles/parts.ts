/** Badges, tags, rows, folds and facts: what several sections share. */
export const parts = `
.badge { display: inline-flex; align-items: center; gap: 5px; padding: 2px 9px 2px 7px; border-radius: 999px; font-size: 12.5px; line-height: 1.5; font-weight: 600; white-space: nowrap; flex: none; }
.badge .icon { width: 12px; height: 12px; stroke-width: 2.4; }
.badge.good { color: var(--good); background: var(--good-ground); }
.badge.bad { color: var(--bad); background: var(--bad-ground); }
.badge.unsure { color: var(--unsure); background: var(--unsure-ground); }
.badge.quiet { color: var(--quiet); background: var(--quiet-ground); }
.tag { display: inline-block; margin-left: 8px; padding: 0 7px; border: 1px solid var(--line); border-radius: 999px; font-size: 11.5px; line-height: 1.6; font-weight: 500; color: var(--soft); letter-spacing: 0; white-space: nowrap; vertical-align: 1px; }

.row { display: flex; justify-content: space-between; align-items: flex-start; gap: 20px; padding: 14px 20px; }
.row + .row { border-top: 1px solid var(--line); }
.row.stacked { display: grid; grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr); }
.row-title { font-weight: 550; }
.row-title code { font-weight: 400; margin-left: 4px; }

details > summary { cursor: pointer; list-style: none; }
details > summary::-webkit-details-marker { display: none; }
summary::after { content: ""; flex: none; width: 7px; height: 7px; margin: 7px 4px 0 0; border-right: 1.6px solid var(--soft); border-bottom: 1.6px solid var(--soft); transform: rotate(45deg); transition: transform 120ms; }
details[open] > summary::after { transform: translateY(3px) rotate(-135deg); }
@media (prefers-reduced-motion: reduce) { summary::after { transition: none; } }
.fold > summary { display: flex; gap: 8px; justify-content: space-between; font-weight: 550; font-size: 14px; }
.fold-body { padding-top: 10px; }
.reason { color: var(--soft); }
.reason p + p, .reason .fold-body p { margin-top: 4px; }
span.reason { display: grid; gap: 4px; color: inherit; }
.reason .fold, .row .fold { margin-top: 4px; }
.reason .fold > summary, .row .fold > summary { justify-content: flex-start; font-size: 13px; color: var(--soft); }
.reason .fold-body { padding-top: 0; }
.block .fold { margin-top: 10px; }
.block .fold > summary { justify-content: flex-start; color: var(--soft); font-size: 13px; }
.folds .fold + .fold { border-top: 1px solid var(--line); }
.folds .fold > summary { padding: 14px 20px; justify-content: flex-start; }
.folds .fold > summary::after { margin-left: auto; }
.folds .fold-body { padding: 0 0 8px; border-top: 1px solid var(--line); }
.fold-sign { display: inline-grid; place-items: center; }
.fold-sign.good { color: var(--good); }
.fold-sign.bad { color: var(--bad); }
.fold-sign.unsure { color: var(--unsure); }
.fold-sign.quiet { color: var(--quiet); }

.citations code { display: inline-block; padding: 0 6px; margin: 1px 0; border-radius: 5px; background: var(--quiet-ground); font-size: 12px; line-height: 1.6; }
.references { display: inline-flex; flex-wrap: wrap; gap: 2px 16px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chips li { padding: 2px 10px; border-radius: 8px; background: var(--quiet-ground); font-size: 13px; }
.chips b { font-weight: 600; }
.chips a { color: inherit; text-decoration: none; }
.chips + .finding-group { margin-top: 20px; }
.code { padding: 12px 14px; border-radius: 8px; border: 1px solid var(--line); background: var(--sunken); font-size: 12.5px; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.code code { font-size: inherit; }
.path { font-size: 12.5px; overflow-wrap: anywhere; }
.method { font-weight: 650; }
.facts { display: grid; gap: 8px; font-size: 13.5px; }
.facts > div { display: grid; grid-template-columns: 120px minmax(0, 1fr); gap: 16px; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.steps-list { margin-top: 6px; display: grid; gap: 3px; }
.steps-list ::marker { color: var(--soft); }

.table-wrap { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 9px 12px; text-align: left; vertical-align: top; font-weight: 400; }
th:first-child { padding-left: 20px; }
td:last-child, thead th:last-child { padding-right: 20px; }
thead th { font-size: 12px; font-weight: 600; color: var(--soft); background: var(--sunken); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
.number { text-align: right; }
.share { display: flex; align-items: center; gap: 10px; white-space: nowrap; }
.share .meter { width: 88px; margin: 0; }
`;
