import { expect, test } from 'vitest';
import { documentInScript, pageScriptsIn } from './document-in-script.ts';

const page = 'https://app.test/docs/';
const script = `window.onload = function () {
  var options = { "swaggerDoc": { "openapi": "3.0.0", "info": { "title": "a \\"}\\" b" }, "paths": {} }, "customOptions": {} };
};`;

test('the document that Swagger UI is started with is read out of its script', () => {
  const html =
    '<script src="./swagger-ui-init.js"> </script><script src="https://cdn.test/swagger-ui-init.js"></script>';
  expect(pageScriptsIn(html, page)).toEqual(['https://app.test/docs/swagger-ui-init.js']);
  const text = documentInScript('https://app.test/docs/swagger-ui-init.js', script);
  expect(JSON.parse(text ?? '')).toEqual({ openapi: '3.0.0', info: { title: 'a "}" b' }, paths: {} });
});

test('other scripts, and a starter that only names an address, hold no document', () => {
  expect(documentInScript('https://app.test/main.js', script)).toBeNull();
  expect(
    documentInScript('https://app.test/swagger-ui-init.js', 'var options = { "swaggerUrl": "/v1.json" }'),
  ).toBeNull();
});
