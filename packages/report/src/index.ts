export { renderHtml } from './html/render-html.ts';
export { renderJson } from './json/render-json.ts';
export { renderMarkdown } from './markdown/render-markdown.ts';
export { visibleLine } from './words/visible-text.ts';
export { renderTerminal, type TerminalOptions } from './terminal/render-terminal.ts';
export { permissionRows, type PermissionRows } from './views/permission-rows.ts';
