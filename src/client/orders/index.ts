// The order path: what wants to leave, what was said of it, how it ended. docs/orders.md draws it.
//
// Comes in: drafts and verbs of users, messages and notices of the router. Goes out: bytes through `core.send`, trades, events, journal.
// Read in this order:
//   facade.ts            what users hold, and how the parts are put together
//   send/                one way out (way-out.ts) and who takes it: place, group, modify, cancel, exercise, raw, a child's retry; desk.ts
//                        judges, journals and writes for all of them
//   judge/               the one translator to the rules' words (facts.ts; contract-facts.ts, working-facts.ts), the one judge (judge.ts),
//                        pictures of accounts and their ages
//   messages.ts          every message about an order finds its trade here; book-index.ts by which ids
//   book.ts              the only writer: what happened to an order, what follows, who is told
//   trade.ts record/     one order: statuses, fills, notices and how its state follows from them
//   recover/             after trouble: what the gateway says against what is known
//   journal/             every attempt before its bytes, every outcome behind them
//   builders/ combos/ conditions/ algos/ draft.ts   orders as plain data
//   confirmations.ts     tokens for exactly one act
//   policy.ts            what a session is opened with
export { createOrders, type OrdersFacade } from './facade.js';
