import { expect, test } from 'vitest';
import { disclosedInternals } from './disclosed-internals.ts';

test.each([
  [
    '{"stack":"TypeError: x\\n    at save (/srv/app/src/posts.js:12:7)\\n    at node:internal/x:1:1"}',
    'a Node.js stack trace',
  ],
  [
    '<pre>Error: x<br> &nbsp; &nbsp;at Layer.handle (/home/me/app/node_modules/express/lib/router/layer.js:95:5)</pre>',
    'a Node.js stack trace',
  ],
  ['Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>', 'a Python stack trace'],
  ['java.lang.NullPointerException\n\tat org.acme.Posts.save(Posts.java:12)', 'a Java stack trace'],
  ['System.Exception: x\n   at Acme.Posts.Save(String t) in C:\\src\\Posts.cs:line 12', 'a .NET stack trace'],
  ['Fatal error: Uncaught TypeError: x in /var/www/index.php:3', 'a PHP error'],
  ["app/x: /usr/lib/ruby.rb:3:in `save'\n/srv/app/posts.rb:12:in `save'", 'a Ruby stack trace'],
  [
    '{"error":"null value in column \\"title\\" of relation \\"posts\\" violates not-null constraint"}',
    'a database error',
  ],
  ['{"error":"invalid byte sequence for encoding \\"UTF8\\": 0x00"}', 'a database error'],
  ['{"error":"insert into \\"posts\\" (\\"title\\") values ($1) - failed"}', 'an SQL statement'],
  ['cannot open /home/deploy/app/src/index.ts', 'a path of the server'],
])('%s shows internals', (text, kind) => expect(disclosedInternals(text, [])).toBe(kind));

test.each([
  'The stack of cards is full, look at line 3 of the form',
  'Please see /docs/errors.html for what went wrong at https://acme.test/app/help.js',
  'Invalid value for column title',
  'Select a value from the list',
  '{"type":"https://acme.test/problems/validation","title":"bad input","errors":[{"path":["title"],"message":"expected string"}]}',
  '{"message":"Unexpected token at position 3"}',
  'update your profile (set a name)',
])('%s is an ordinary text', (text) => expect(disclosedInternals(text, [])).toBeNull());

test('an echo of what was sent is not the words of the server', () => {
  const sent = 'see /home/me/app/index.js and at x (/srv/a.js:1:2)';
  expect(disclosedInternals(`no such thing: ${sent}`, [sent])).toBeNull();
});
