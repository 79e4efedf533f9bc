// Orders: placed, changed, cancelled, exercised. The engine decides; what it says reaches the clients by `orders-out.ts`.
import type { Family } from '../answer-types.js';

export const orderAnswers = {
  placeOrder: ({ orderId = 0, contract, order, attachedOrders }, client, { engine, memory }) => {
    memory.nextIds.delete(client.clientId);
    // A flag that is false is absent in protobuf: an order that does not say transmit is not transmitted.
    const said = { ...order, transmit: order?.transmit === true };
    engine.place(client.clientId, orderId, contract ?? {}, said, {
      needsTif: client.serverVersion >= 225,
      attached: attachedOrders,
    });
  },

  cancelOrder: ({ orderId = 0 }, client, { engine }) => engine.cancel(client.clientId, orderId),

  reqGlobalCancel: (_request, client, { engine }) => engine.globalCancel(client.clientId),

  exerciseOptions: (request, client, { engine }) => {
    const { reqId = 0, contract, exerciseAction = 0, exerciseQuantity = 0, account = '', override } = request;
    engine.exercise(client.clientId, reqId, {
      contract: contract ?? {},
      exerciseAction,
      exerciseQuantity,
      account,
      override: override === 1,
    });
  },
} satisfies Family;
