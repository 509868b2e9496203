/** Paper: light colours, everything unfolded, no row torn apart, page numbers. */
export const print = `
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-left { content: "Launch Ready"; font: 8pt "Helvetica Neue", "Liberation Sans", Arial, sans-serif; color: #56616d; } @bottom-right { content: counter(page) " of " counter(pages); font: 8pt "Helvetica Neue", "Liberation Sans", Arial, sans-serif; color: #56616d; } }
@media print {
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { background: none; }
.page { display: block; max-width: none; }
.contents, .skip, summary::after { display: none; }
main { padding: 0; zoom: 0.78; }
section { margin-top: 36px; }
.finding-body { gap: 14px; }
.facts { gap: 3px; }
.line-body { padding: 0 20px 14px 56px; gap: 12px 32px; }
.lead { max-width: none; }
h2, h3, h4, .section-head, .group-title { break-after: avoid; }
.gate, .row, .tile, .plan-step, .change, .block, .facts, .todo li, tr, .notice, .line > summary, .finding > summary { break-inside: avoid; }
.line > summary, .finding > summary { break-after: avoid; }
.finding { overflow: visible; }
.banner { break-inside: avoid; }
p, li { orphans: 3; widows: 3; }
a { color: inherit; text-decoration: none; }
details::details-content { content-visibility: visible; display: block; height: auto; }
thead { display: table-header-group; }
.line > summary, .scorecard-head { grid-template-columns: 20px minmax(0, 1.15fr) minmax(0, 1fr) 110px; }
}
`;
