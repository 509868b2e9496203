import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOperations } from './source-routes.ts';

test('models that a package serves are routes, with their columns and what stands before them on the same path', () => {
  const source = mkdtempSync(join(tmpdir(), 'model-resource-'));
  try {
    writeFileSync(
      join(source, 'server.ts'),
      `import express from 'express';
import * as finale from 'finale-rest';
import { Model, DataTypes, Sequelize } from 'sequelize';
class Card extends Model {}
Card.init({ id: { type: DataTypes.INTEGER, primaryKey: true }, holder: { type: DataTypes.STRING, allowNull: false }, year: { type: DataTypes.INTEGER } }, { tableName: 'cards' });
const app = express();
app.post('/api/Cards', (req, res, next) => { check(req.body.captcha); next(); });
finale.initialize({ app, sequelize: new Sequelize('x') });
for (const { name, model } of [{ name: 'Card', model: Card }])
  finale.resource({ model, endpoints: [\`/api/\${name}s\`, \`/api/\${name}s/:id\`] });
app.listen(3000);`,
    );
    const operations = sourceOperations({ source, api: 'http://127.0.0.1:1' }, []);
    const bodies = Map.groupBy(operations, ({ id }) => id);
    expect([...bodies.keys()].toSorted()).toEqual([
      'DELETE /api/Cards/{id}',
      'GET /api/Cards',
      'GET /api/Cards/{id}',
      'POST /api/Cards',
      'PUT /api/Cards/{id}',
    ]);
    expect(bodies.get('POST /api/Cards')?.map(({ body }) => body?.schema)).toMatchObject([
      {
        properties: { captcha: {}, holder: { type: 'string' }, year: { type: 'integer' } },
        required: ['holder'],
      },
      {},
    ]);
    expect(bodies.get('DELETE /api/Cards/{id}')?.[0]?.body).toBeUndefined();
  } finally {
    rmSync(source, { recursive: true });
  }
});
