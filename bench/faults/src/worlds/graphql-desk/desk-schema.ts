/** What the desk offers. */
export const deskSchema = `
  interface Node { id: ID! }
  type User { id: ID! email: String! role: String! tenant: String! }
  type Ticket implements Node { id: ID! subject: String! details: String urgent: Boolean! closed: Boolean! comments: [Comment!]! related: [Ticket!]! }
  type Comment implements Node { id: ID! text: String! ticket: Ticket }
  type TicketEdge { cursor: String! node: Ticket! }
  type TicketConnection { edges: [TicketEdge!]! total: Int! }
  type LoginPayload { token: String! user: User! }
  type TicketPayload { ticket: Ticket }
  input NewTicket { subject: String!, details: String, urgent: Boolean }
  input ChangedTicket { id: ID!, subject: String, details: String, urgent: Boolean }
  type Query {
    me: User
    ticket(id: ID!): Ticket
    tickets(first: Int, search: String): TicketConnection!
    comment(id: ID!): Comment
    comments(ticketId: ID!): [Comment!]!
    node(id: ID!): Node
    recentSubjects: [String!]!
  }
  type Mutation {
    login(email: String!, password: String!): LoginPayload
    logout: Boolean
    createTicket(input: NewTicket!): TicketPayload
    updateTicket(input: ChangedTicket!): TicketPayload
    deleteTicket(id: ID!): Boolean
    closeTicket(id: ID!): Ticket
    addComment(ticketId: ID!, text: String!): Comment
    deleteComment(id: ID!): Boolean
  }
  type Subscription { ticketAdded: Ticket }
`;
