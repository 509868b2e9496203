/** Down to 360 pixels: one column, contents as a row, tables as labelled lists. */
export const narrow = `
@media screen and (max-width: 960px) {
.page { display: block; }
html { scroll-padding-top: 64px; }
.contents { position: sticky; z-index: 1; display: flex; align-items: center; gap: 8px; padding: 8px 16px; max-height: none; overflow-x: auto; scrollbar-width: none; background: var(--ground); border-bottom: 1px solid var(--line); }
.contents .brand { margin: 0; padding: 0 8px 0 0; font-size: 0; gap: 0; }
.contents ul { display: flex; gap: 2px; }
.contents a { white-space: nowrap; }
main { padding: 16px 16px 48px; }
section { margin-top: 44px; }
}
@media screen and (max-width: 720px) {
.banner { grid-template-columns: minmax(0, 1fr); gap: 24px; padding: 24px 20px; }
.banner-score { flex-direction: row; text-align: left; justify-content: flex-start; gap: 16px; }
.ring { width: 84px; height: 84px; flex: none; }
h1 { font-size: 40px; gap: 12px; margin: 16px 0 12px; }
.sign { width: 38px; height: 38px; }
.sign .icon { width: 22px; height: 22px; }
.sentence { font-size: 17px; }
.glance { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
.tile { padding: 14px; }
.line > summary { grid-template-columns: minmax(0, 1fr) auto; gap: 8px 12px; padding: 16px; }
.line-number, .scorecard-head { display: none; }
.line-what { grid-column: 1 / -1; grid-row: 1; padding-right: 20px; }
.line-saw { grid-column: 1 / -1; grid-row: 2; }
.line-saw .label { display: block; }
.line-result { grid-column: 1 / -1; grid-row: 3; text-align: left; }
.line > summary::after { grid-column: 2; grid-row: 1; justify-self: end; }
.line-body, .pair, .changes, .row.stacked { grid-template-columns: minmax(0, 1fr); }
.line-body { padding: 4px 16px 20px; }
.wide { columns: auto; }
.check-rows > li { grid-template-columns: minmax(0, 1fr); gap: 4px; }
.row, .todo li, .folds .fold > summary { padding: 14px 16px; }
.row { flex-direction: column; gap: 8px; }
.row.stacked { gap: 8px; }
.finding > summary { flex-wrap: wrap; gap: 4px 12px; padding: 14px 16px; position: relative; }
.severity { width: auto; }
.finding-body, .line-body { scroll-margin-top: 180px; }
.finding-head { flex-basis: 100%; order: 1; }
.finding > summary::after { position: absolute; right: 16px; top: 14px; }
.finding-body { padding: 16px; }
.facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
.window { grid-template-columns: minmax(0, 1fr); gap: 10px; }
.gates { grid-template-columns: minmax(0, 1fr); }
table, tbody, tr, td, tbody th { display: block; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
tbody tr { padding: 12px 16px; }
tbody tr + tr { border-top: 1px solid var(--line); }
tbody tr + tr > * { border-top: 0; }
tbody th, tbody td, tbody th:first-child, tbody td:last-child { padding: 2px 0; text-align: left; }
tbody td { display: flex; gap: 12px; }
tbody .number { text-align: left; }
tbody td::before { content: attr(data-label); flex: 0 0 104px; color: var(--soft); }
}
`;
