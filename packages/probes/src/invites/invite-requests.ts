import type { RequestToShow } from '../reproduction/request-template.ts';
import type { Invite } from './make-invite.ts';

/** A request with the invite it was about, whose values stand in it. */
export interface InviteRequest {
  readonly request: RequestToShow;
  readonly about: Invite;
}

/** What was sent in the life of invites, the last request of each kind, for showing it again. */
export interface InviteRequests {
  create?: InviteRequest;
  members?: RequestToShow;
  accept?: InviteRequest;
  revoke?: InviteRequest;
  /** Requests that only look at the link. */
  looks?: readonly InviteRequest[];
  /** Removal of a member, with its id and where the list of members shows that id. */
  remove?: { readonly request: RequestToShow; readonly id: string; readonly idAt: string };
}
