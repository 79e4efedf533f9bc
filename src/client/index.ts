// The client: one session with a gateway, and the families of calls that rest on it.
//
// Comes in: options of `connect`, calls of users, bytes of the gateway. Goes out: bytes, answers, streams, events.
// Three rooms, in the order in which a message comes by them; each rests on what stands above it:
//   wire/           transport, handshake.ts as a pure step, link, ids, timers, errors
//   conversation/   router (whose a message is), ask and question (one answer), upstream (one request, many readers: keeper
//                   asks and asks again), batches
//   session/        the connection that comes back: connector (attempts), intake (what comes in), outages (what is gone and back),
//                   voice (what is told), health, options, the gate before orders
// Beside them:
//   core.ts         what a conversation needs of its session; facades know this and not the session
//   admission/      the gatekeeper: message rate, places, pacing
//   notices/        one table of codes, and what a notice means for whom
//   input/          options and calls checked before anything is asked
//   time/           zones, instants and their texts
// Families, each a facade over its own conversations.ts:
//   accounts/ advisor/ calendar/ contracts/ history/ market/ news/ options/ orders/ scanner/ terminal/
//   raw.ts          every message kind as it is
// connect.ts puts them together.
export { connect, type Ib } from './connect.js';
