// A witness of what is posted: the account rules, over the simulated world as it is at that moment and not as the client reads it.

import type { SimulatedGateway } from 'ibwire/gateway';
import { type ContractFacts, check, decisionOf, type OrderFacts, type Situation } from 'ibwire/rules';

type Ticket = Readonly<Record<string, string | number | boolean | undefined>>;

const factsOf = (gateway: SimulatedGateway, conId: number): ContractFacts => {
  const one = gateway.world.universe.instrument(conId);
  if (one === undefined) throw new Error(`no ${conId}`);
  const { symbol, secType, currency, stockType } = one;
  return { conId, symbol, secType, currency, stockType: stockType ?? 'COMMON' };
};

/** Whether an account that may not borrow, as it stands, may take these tickets. */
export function refusals(gateway: SimulatedGateway, account: string, tickets: readonly Ticket[]): readonly string[] {
  const values = gateway.values(account);
  const cash = Object.fromEntries(
    values.flatMap(({ key, value, currency }) =>
      key === 'CashBalance' && currency !== undefined && currency !== 'BASE' ? [[currency, value]] : [],
    ),
  );
  const settled = values.find(({ key }) => key === 'SettledCash');
  const asWorking = (order: (typeof gateway.orders)[number]) => ({
    orderId: order.permId,
    contract: factsOf(gateway, order.contract.conId ?? 0),
    action: order.order.action,
    orderType: order.order.orderType,
    totalQuantity: String(order.order.totalQuantity),
    remaining: String(Number(order.remaining) / 1e8),
    lmtPrice: order.order.lmtPrice === undefined ? undefined : String(order.order.lmtPrice),
    auxPrice: order.order.auxPrice === undefined ? undefined : String(order.order.auxPrice),
    account,
    ocaGroup: order.order.ocaGroup,
    ocaType: order.order.ocaType,
    parentId: gateway.orders.find((one) => one.orderId === order.order.parentId && one.clientId === order.clientId)?.permId,
  });
  const situation: Situation = {
    account: { account, configuredKind: 'cash', accountType: 'INDIVIDUAL', baseCurrency: 'USD' },
    cash,
    settledCash: { USD: settled?.value ?? '0' },
    exchangeRates: { USD: '1' },
    positions: gateway.positions(account).map((row) => ({
      contract: factsOf(gateway, row.instrument.conId),
      position: String(row.position),
    })),
    workingOrders: gateway.orders.filter(({ status }) => !/Filled|Cancelled|Inactive/.test(status)).map(asWorking),
  };
  const orders = tickets.map((ticket): OrderFacts => {
    const { conid, side, orderType, quantity, price, auxPrice, cOID, parentId } = ticket;
    const quote = gateway.market.quote(Number(conid));
    const own = gateway.orders.find(({ order }) => order.orderRef === cOID);
    return {
      contract: factsOf(gateway, Number(conid)),
      action: String(side),
      orderType: orderType === 'STOP_LIMIT' ? 'STP LMT' : String(orderType),
      totalQuantity: String(quantity),
      lmtPrice: price === undefined ? undefined : String(price),
      auxPrice: auxPrice === undefined ? undefined : String(auxPrice),
      tif: 'DAY',
      account,
      orderId: own?.permId ?? String(cOID),
      parentId: parentId === undefined ? undefined : String(parentId),
      ...(ticket['isSingleGroup'] === true && { ocaGroup: String(parentId), ocaType: 2 }),
      reference: String(side === 'BUY' ? quote.ask : quote.bid),
    };
  });
  const found = check(orders, situation);
  return decisionOf(found) === 'reject' ? found.map(({ message }) => message) : [];
}
