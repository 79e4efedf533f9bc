/** Stocks of Hong Kong and Korea, and the form of such tables: true conIds where recordings show them, 0 where we make one up. */

/** symbol, conId, name, local symbol, trading class, price in quoted units, volatility, millions a day, industry, category, ISIN, lot, dividend yield */
export type WorldStockRow = readonly [
  symbol: string,
  conId: number,
  longName: string,
  localSymbol: string,
  tradingClass: string,
  price: number,
  volatility: number,
  volume: number,
  industry: string,
  category: string,
  isin: string,
  lot: number,
  dividend: number,
];

export interface WorldMarket {
  readonly exchange: string;
  /** SMART where the gateway routes the market that way, else the exchange itself. */
  readonly route: string;
  readonly validExchanges: string;
  readonly currency: string;
  readonly calendar: string;
  readonly rule: 'hongKong' | 'europe' | 'korea';
  /** 100 for London, quoted in pence. */
  readonly magnifier: number;
  readonly rows: readonly WorldStockRow[];
}

export const ASIAN_MARKETS: readonly WorldMarket[] = [
  {
    exchange: 'SEHK',
    route: 'SEHK',
    validExchanges: 'SMART,SEHK',
    currency: 'HKD',
    calendar: 'sehk',
    rule: 'hongKong',
    magnifier: 1,
    rows: [
      [
        '700',
        152791428,
        'TENCENT HOLDINGS LTD',
        '700',
        '700',
        596,
        0.32,
        18,
        'Communications',
        'Internet',
        'KYG875721634',
        100,
        0.0075,
      ],
      ['5', 0, 'HSBC HOLDINGS PLC', '5', '5', 99.8, 0.22, 14, 'Financial', 'Banks', 'GB0005405286', 400, 0.05],
      [
        '9988',
        0,
        'ALIBABA GROUP HOLDING LTD',
        '9988',
        '9988',
        118.5,
        0.42,
        90,
        'Communications',
        'Internet',
        'KYG017191142',
        100,
        0.01,
      ],
      ['1299', 0, 'AIA GROUP LTD', '1299', '1299', 73.6, 0.3, 25, 'Financial', 'Insurance', 'HK0000069689', 200, 0.024],
      [
        '388',
        0,
        'HONG KONG EXCHANGES & CLEAR',
        '388',
        '388',
        453,
        0.32,
        6,
        'Financial',
        'Diversified Finan Serv',
        'HK0388045442',
        100,
        0.023,
      ],
      [
        '941',
        0,
        'CHINA MOBILE LTD',
        '941',
        '941',
        86.1,
        0.18,
        15,
        'Communications',
        'Telecommunications',
        'HK0941009539',
        500,
        0.06,
      ],
      ['3690', 0, 'MEITUAN-CLASS B', '3690', '3690', 103.2, 0.45, 60, 'Communications', 'Internet', 'KYG596691041', 100, 0],
      ['1810', 0, 'XIAOMI CORP-CLASS B', '1810', '1810', 53.4, 0.45, 130, 'Technology', 'Computers', 'KYG9830T1067', 200, 0],
      ['939', 0, 'CHINA CONSTRUCTION BANK-H', '939', '939', 7.54, 0.22, 300, 'Financial', 'Banks', 'CNE1000002H1', 1000, 0.057],
      [
        '2318',
        0,
        'PING AN INSURANCE GROUP CO-H',
        '2318',
        '2318',
        56.3,
        0.3,
        40,
        'Financial',
        'Insurance',
        'CNE1000003X6',
        500,
        0.05,
      ],
    ],
  },
  {
    exchange: 'KRX',
    route: 'KRX',
    validExchanges: 'SMART,KRX',
    currency: 'KRW',
    calendar: 'korea',
    rule: 'korea',
    magnifier: 1,
    rows: [
      [
        '000660',
        17382246,
        'SK HYNIX INC',
        '000660.KS',
        '000660',
        269000,
        0.42,
        3.2,
        'Technology',
        'Semiconductors',
        'KR7000660001',
        1,
        0.008,
      ],
    ],
  },
];
