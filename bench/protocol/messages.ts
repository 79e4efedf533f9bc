// What the benches decode and encode: messages as markets send them, varied so that no branch is always the same.

import { Encoder } from '../../src/protocol/encode.js';
import { frame } from '../../src/protocol/frames.js';
import type { Direction } from '../../src/protocol/schema/message.js';

export type Wire = 'text' | 'protobuf';
export type Plain = { readonly [name: string]: unknown };

/** Server versions at which the forms are usual. */
export const TEXT_VERSION = 176;
export const PROTOBUF_VERSION = 225;

const price = (i: number): number => Math.round(18_000 + 500 * Math.sin(i / 9) + (i % 7)) / 100;
const size = (i: number): number => 100 * (1 + ((i * 13) % 40));
const reqId = (i: number): number => 1000 + (i % 50);

export function tickPrice(i: number): Plain {
  return { kind: 'tickPrice', reqId: reqId(i), tickType: [1, 2, 4][i % 3], price: price(i), size: size(i), attribMask: i & 1 };
}

export function tickSize(i: number): Plain {
  return { kind: 'tickSize', reqId: reqId(i), tickType: [0, 3, 5, 8][i % 4], size: size(i) };
}

export function tickString(i: number): Plain {
  return { kind: 'tickString', reqId: reqId(i), tickType: 45, value: String(1_787_300_000 + (i % 600)) };
}

export function tickGeneric(i: number): Plain {
  return { kind: 'tickGeneric', reqId: reqId(i), tickType: 49, value: i & 1 };
}

export function tickOptionComputation(i: number): Plain {
  const small = (k: number): number => Math.round(1e9 * Math.abs(Math.sin(i + k))) / 1e9;
  return {
    kind: 'tickOptionComputation',
    reqId: reqId(i),
    tickType: 13,
    tickAttrib: 1,
    impliedVol: small(1),
    delta: small(2),
    optPrice: price(i) / 10,
    pvDividend: 0.25,
    gamma: small(3),
    vega: small(4),
    theta: -small(5),
    undPrice: price(i),
  };
}

export function tickByTick(i: number): Plain {
  const last = {
    tickType: 1,
    price: price(i),
    size: size(i),
    attribMask: 0,
    exchange: ['ARCA', 'NASDAQ', 'IEX'][i % 3],
    specialConditions: '',
  };
  const bidAsk = {
    tickType: 3,
    bidPrice: price(i),
    askPrice: price(i) + 0.01,
    bidSize: size(i),
    askSize: size(i + 1),
    attribMask: 0,
  };
  return { kind: 'tickByTick', reqId: reqId(i), time: 1_787_300_000 + i, ...(i % 3 === 0 ? last : bidAsk) };
}

export function depth(i: number): Plain {
  return {
    kind: 'updateMktDepthL2',
    reqId: reqId(i),
    position: i % 10,
    marketMaker: ['ARCA', 'NSDQ', 'BATS'][i % 3],
    operation: i % 3,
    side: i & 1,
    price: price(i),
    size: size(i),
    isSmartDepth: true,
  };
}

/** Four in ten are prices, four sizes, the rest texts, generic and option ticks. */
export function mixedTick(i: number): Plain {
  const which = i % 20;
  if (which < 8) return tickPrice(i);
  if (which < 16) return tickSize(i);
  if (which < 18) return tickString(i);
  return which < 19 ? tickGeneric(i) : tickOptionComputation(i);
}

export function openOrder(i: number): Plain {
  return {
    kind: 'openOrder',
    orderId: 600 + i,
    contract: {
      conId: 265598,
      symbol: 'AAPL',
      secType: 'STK',
      strike: 0,
      exchange: 'SMART',
      currency: 'USD',
      localSymbol: 'AAPL',
      tradingClass: 'NMS',
    },
    order: {
      action: i & 1 ? 'BUY' : 'SELL',
      totalQuantity: String(size(i)),
      orderType: 'LMT',
      lmtPrice: price(i),
      auxPrice: 0,
      tif: 'DAY',
      account: 'DU9000001',
      openClose: '',
      origin: 0,
      clientId: 1,
      permId: String(1_900_000_000 + i),
      outsideRth: false,
      hidden: false,
      discretionaryAmt: 0,
      shortSaleSlot: 0,
      exemptCode: -1,
      ocaType: 3,
      triggerMethod: 0,
      volatilityType: 0,
      deltaNeutralOrderType: 'None',
      clearingIntent: 'IB',
      algoStrategy: i % 4 === 0 ? 'Adaptive' : '',
      algoParams: i % 4 === 0 ? [{ tag: 'adaptivePriority', value: 'Normal' }] : [],
      adjustedOrderType: 'None',
      dontUseAutoPriceForHedge: true,
    },
    orderState: { status: 'Submitted', commissionAndFeesCurrency: 'USD' },
  };
}

export function contractDetails(i: number): Plain {
  return {
    kind: 'contractDetails',
    reqId: 7,
    contract: {
      conId: 265598 + i,
      symbol: 'AAPL',
      secType: 'STK',
      strike: 0,
      exchange: 'SMART',
      currency: 'USD',
      localSymbol: 'AAPL',
      tradingClass: 'NMS',
      primaryExchange: 'NASDAQ',
    },
    contractDetails: {
      marketName: 'NMS',
      minTick: 0.01,
      orderTypes:
        'ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,AON,AVGCOST,BASKET,BENCHPX,CASHQTY,COND,CONDORDER,DAY,DEACT,DEACTDIS,GAT,GTC,GTD,IOC,LIT,LMT,MIT,MKT,MOC,MTL,NGCOMB,OCA,OPG,PEGBENCH,PREOPGRTH,REL,RTH,SCALE,SNAPMID,STP,STPLMT,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF',
      validExchanges:
        'SMART,AMEX,NYSE,CBOE,PHLX,ISE,CHX,ARCA,NASDAQ,DRCTEDGE,BEX,BATS,EDGEA,BYX,IEX,EDGX,FOXRIVER,PEARL,NYSENAT,LTSE,MEMX,TPLUS1,IBEOS,OVERNIGHT,PSX',
      priceMagnifier: 1,
      underConId: 0,
      longName: 'APPLE INC',
      industry: 'Technology',
      category: 'Computers',
      subcategory: 'Computers',
      timeZoneId: 'US/Eastern',
      tradingHours: '20260821:0400-20260821:2000;20260822:CLOSED;20260823:CLOSED;20260824:0400-20260824:2000',
      liquidHours: '20260821:0930-20260821:1600;20260822:CLOSED;20260823:CLOSED;20260824:0930-20260824:1600',
      secIdList: [{ tag: 'ISIN', value: 'US0378331005' }],
      aggGroup: 1,
      marketRuleIds: '26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26',
      stockType: 'COMMON',
      minSize: '0.0001',
      sizeIncrement: '0.0001',
      suggestedSizeIncrement: '100',
    },
  };
}

export function bars(count: number): Plain {
  return {
    kind: 'historicalData',
    reqId: 7,
    bars: Array.from({ length: count }, (_, i) => ({
      date: String(1_787_300_000 + 60 * i),
      open: price(i),
      high: price(i) + 0.12,
      low: price(i) - 0.09,
      close: price(i + 1),
      volume: size(i) * 3,
      wap: Math.round(price(i) * 1000 + (i % 9)) / 1000,
      barCount: 20 + (i % 300),
    })),
  };
}

/** An open order of a gateway at 176, field by field as real ones stand on the wire: unset figures are written out. */
const OPEN_ORDER =
  '5|{id}|564400671|D|FUT|20240125|0|?|10|ICEEUSOFT|USD|RCF4|RC|BUY|1|LMT|{price}|0.0|DAY||DU9000001||0|' +
  '119dddc5-3cad-4b32-8d80-cf361c00d397|1|{permId}|0|0|0||1771764360.0/DU9000001/100||||||||||0||-1|0||||||2147483647|0|0|0||3|0|0||' +
  '0|0||0|None||0||||?|0|0||0|0||||||0|0|0|2147483647|2147483647|||0||IB|0|0||0|0|PreSubmitted|{max}|{max}|{max}|{max}|{max}|{max}|' +
  '{max}|{max}|{max}||||||0|0|0|None|{max}|{max}|{max}|{max}|{max}|{max}|0||||0|1|0|0|0|||0||||||';

/** Payload of an open order as a gateway writes it on the text wire. */
export function openOrderText(i: number): Uint8Array {
  const text = OPEN_ORDER.replace('{id}', String(600 + i))
    .replace('{price}', String(price(i)))
    .replace('{permId}', String(1_900_000_000 + i))
    .replaceAll('{max}', '1.7976931348623157E308')
    .replaceAll('|', '\0');
  return frame(new TextEncoder().encode(text));
}

/** `count` frames one after the other, in a Buffer as sockets give them. */
export function chunkOf(make: (i: number) => Plain, count: number, wire: Wire, direction: Direction = 'incoming'): Uint8Array {
  const encoder = new Encoder<string>(direction, wire === 'text' ? TEXT_VERSION : PROTOBUF_VERSION);
  const frames = Array.from({ length: count }, (_, i) => {
    if (make === openOrder && wire === 'text') return openOrderText(i);
    const message = make(i);
    return encoder.encode(message['kind'] as string, message, { wire });
  });
  return Buffer.concat(frames);
}
