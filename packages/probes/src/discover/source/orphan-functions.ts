import type { Node } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { newRouter, type RouterFramework } from './router.ts';
import type { SourceModule } from './source-module.ts';
import type { FunctionLike } from './value.ts';
import { walkNodes } from './walk-nodes.ts';

const creates =
  /\bfetchRequestHandler\s*\(|\b(express|fastify|Fastify)\s*\(|\bRouter\s*\(|new\s+(Hono|OpenAPIHono)\b/;

/**
 * Reads what nothing was seen to call: functions and classes that make an application, and functions that are given one.
 * Routes of the latter stay without a place, as nobody was seen to mount them.
 */
export function readOrphans(machine: Machine, modules: readonly SourceModule[]): void {
  for (const makers of [true, false]) {
    for (const module of modules) {
      for (const { fn, owner } of functionsOf(module.program)) {
        if (machine.entered.has(fn) || fn.body === null) continue;
        const text = module.textOf(fn.body);
        if (makers) {
          if (!creates.test(text)) continue;
          if (owner?.type === 'ClassDeclaration' || owner?.type === 'ClassExpression')
            machine.newInstance({ kind: 'class', node: owner, scope: module.scope }, []);
          else
            machine.callFunction(
              { kind: 'function', name: fn.id?.name ?? '', node: fn, scope: module.scope },
              [],
            );
          continue;
        }
        const framework = givenRouter(fn, module, text);
        if (framework === null) continue;
        const router = newRouter(framework, machine.placeOf(module, fn));
        machine.routers.push(router);
        machine.callFunction({ kind: 'function', name: fn.id?.name ?? '', node: fn, scope: module.scope }, [
          { kind: 'router', router },
        ]);
      }
    }
  }
}

/** The framework whose router a function's first parameter seems to be. */
function givenRouter(fn: FunctionLike, module: SourceModule, text: string): RouterFramework | null {
  const [first] = fn.params;
  if (first?.type !== 'Identifier') return null;
  const uses = new RegExp(
    `\\b${first.name.replace('$', '\\$')}\\s*\\.\\s*(get|post|put|patch|delete|route|register|all)\\s*(<[^(]*>)?\\(\\s*['"\`{]`,
  );
  if (!/^(app|router|server|api|fastify|instance|routes?|f|r)$/i.test(first.name) || !uses.test(text))
    return null;
  if (
    /fastify/i.test(first.name) ||
    /from ['"](@?fastify)|require\(['"]@?fastify|Fastify(Instance|Plugin)/.test(module.text)
  )
    return 'fastify';
  return /from ['"](npm:)?hono/.test(module.text) ? 'hono' : 'express';
}

/** Functions at the top of a file, and constructors of its classes. */
function functionsOf(program: Node): readonly { readonly fn: FunctionLike; readonly owner: Node | null }[] {
  const found: { readonly fn: FunctionLike; readonly owner: Node | null }[] = [];
  walkNodes(program, (node) => {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      for (const element of node.body.body)
        if (element.type === 'MethodDefinition' && element.kind === 'constructor')
          found.push({ fn: element.value, owner: node });
      return false;
    }
    if (
      node.type === 'FunctionDeclaration' ||
      node.type === 'FunctionExpression' ||
      node.type === 'ArrowFunctionExpression'
    ) {
      found.push({ fn: node, owner: null });
      return false;
    }
    return true;
  });
  return found;
}
