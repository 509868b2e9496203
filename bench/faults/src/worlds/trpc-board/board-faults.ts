import type { WorldFault } from '../world.ts';

const base = '/trpc~';
const project = `${base}/projects/{id}`;
const task = `${base}/tasks/{id}`;

const fault = (
  check: `cross-tenant-${'read' | 'list' | 'update' | 'delete' | 'insert'}` | 'object-actions',
  id: string,
  title: string,
  operation: string,
): WorldFault => ({
  id,
  family: 'CK-TENANT',
  title,
  expects: { check: `tenancy/${check}`, place: { operation } },
});

/** Ways to break the board. */
export const boardFaults: readonly WorldFault[] = [
  fault(
    'cross-tenant-read',
    'board-project-by-id-alone',
    'a query finds a project by its id alone',
    `GET ${project}`,
  ),
  fault('cross-tenant-read', 'board-task-by-id-alone', 'a query finds a task by its id alone', `GET ${task}`),
  fault(
    'cross-tenant-list',
    'board-list-of-all',
    'a query lists the projects of all tenants',
    `GET ${base}/projects`,
  ),
  fault(
    'cross-tenant-list',
    'board-tasks-of-any-project',
    'a query lists the tasks of whatever project is named',
    `GET ${base}/tasks`,
  ),
  fault(
    'cross-tenant-update',
    'board-update-by-id-alone',
    'a mutation changes a project by its id alone',
    `PATCH ${project}`,
  ),
  fault(
    'object-actions',
    'board-archive-by-id-alone',
    'a mutation archives a project by its id alone',
    `POST ${project}/archive`,
  ),
  fault(
    'cross-tenant-delete',
    'board-delete-by-id-alone',
    'a mutation deletes a project by its id alone',
    `DELETE ${project}`,
  ),
  fault(
    'cross-tenant-delete',
    'board-task-deleted-by-id-alone',
    'a mutation deletes a task by its id alone',
    `DELETE ${task}`,
  ),
  fault(
    'cross-tenant-insert',
    'board-task-in-foreign-project',
    'a mutation puts a task into a project of another tenant',
    `POST ${base}/tasks`,
  ),
];
