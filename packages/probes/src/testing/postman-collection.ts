import { project } from './recorded-traffic.ts';

/** A Postman collection of the traffic's application. */
export const postmanCollection = (origin: string): unknown => ({
  info: { name: 'Projects', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: [
    { key: 'base', value: `${origin}/{{prefix}}` },
    { key: 'prefix', value: 'api' },
    { key: 'project', value: project },
  ],
  auth: { type: 'bearer', bearer: [] },
  item: [
    {
      name: 'Projects',
      item: [
        {
          name: 'One',
          request: {
            method: 'GET',
            url: {
              raw: '{{base}}/projects/:projectId?expand=all',
              host: ['{{base}}'],
              path: ['projects', ':projectId'],
              query: [
                { key: 'expand', value: 'all' },
                { key: 'off', disabled: true },
              ],
            },
          },
        },
        {
          name: 'Rename',
          request: {
            method: 'PATCH',
            url: '{{base}}/projects/{{project}}',
            header: [
              { key: 'X-Workspace', value: 'a' },
              { key: 'Authorization', value: 'Bearer {{token}}' },
            ],
            body: {
              mode: 'raw',
              raw: '{ "name": "{{name}}", "position": {{position}} }',
              options: { raw: { language: 'json' } },
            },
          },
        },
        {
          name: 'Picture',
          request: {
            method: 'POST',
            url: '{{base}}/projects/:id/picture',
            body: {
              mode: 'formdata',
              formdata: [
                { key: 'file', type: 'file' },
                { key: 'caption', value: 'x' },
              ],
            },
          },
        },
      ],
    },
    {
      name: 'Log in',
      request: {
        method: 'POST',
        auth: { type: 'noauth' },
        url: '{{base}}/login',
        body: {
          mode: 'urlencoded',
          urlencoded: [
            { key: 'user', value: 'ada' },
            { key: 'password', value: 'Postman-Secret-1' },
          ],
        },
      },
      response: [{ code: 200, body: '{"ok":true}' }],
    },
    { name: 'Ping', request: '{{base}}/ping' },
    { name: 'Old', request: { method: 'PURGE', url: '{{base}}/all' } },
  ],
});
