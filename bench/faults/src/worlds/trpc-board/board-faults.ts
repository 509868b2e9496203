import { across, fault } from '../world-fault.ts';
import type { WorldFault } from '../world.ts';

const base = '/trpc~';
const project = `${base}/projects/{id}`;
const task = `${base}/tasks/{id}`;

/** Ways to break the board. */
export const boardFaults: readonly WorldFault[] = [
  across('read', 'board-project-by-id-alone', 'a query finds a project by its id alone', `GET ${project}`),
  across('read', 'board-task-by-id-alone', 'a query finds a task by its id alone', `GET ${task}`),
  across('list', 'board-list-of-all', 'a query lists the projects of all tenants', `GET ${base}/projects`),
  across(
    'list',
    'board-tasks-of-any-project',
    'a query lists the tasks of whatever project is named',
    `GET ${base}/tasks`,
  ),
  across(
    'update',
    'board-update-by-id-alone',
    'a mutation changes a project by its id alone',
    `PATCH ${project}`,
  ),
  fault(
    'CK-TENANT',
    'tenancy/object-actions',
    'board-archive-by-id-alone',
    'a mutation archives a project by its id alone',
    { operation: `POST ${project}/archive` },
  ),
  across(
    'delete',
    'board-delete-by-id-alone',
    'a mutation deletes a project by its id alone',
    `DELETE ${project}`,
  ),
  across(
    'delete',
    'board-task-deleted-by-id-alone',
    'a mutation deletes a task by its id alone',
    `DELETE ${task}`,
  ),
  across(
    'insert',
    'board-task-in-foreign-project',
    'a mutation puts a task into a project of another tenant',
    `POST ${base}/tasks`,
  ),
];
