// Rows that text and protobuf cannot both carry: there one message decodes to two objects that differ.

export interface OneWireRows {
  readonly wire: 'text' | 'protobuf';
  readonly why: string;
  /** `record.row`, the record by its protobuf name, a message's own rows by its kind. */
  readonly rows: readonly string[];
}

export const oneWireRows: readonly OneWireRows[] = [
  {
    wire: 'protobuf',
    why: 'younger than the text form: no gateway ever sent them as text',
    rows: [
      'AttachedOrders.slOrderId',
      'AttachedOrders.slOrderType',
      'AttachedOrders.ptOrderId',
      'AttachedOrders.ptOrderType',
      'ContractDetails.eventContract1',
      'ContractDetails.eventContractDescription1',
      'ContractDetails.eventContractDescription2',
      'ContractDetails.lastPricePrecision',
      'ContractDetails.lastSizePrecision',
      'ContractDetails.minAlgoSize',
      'ContractDetails.settlementMethod',
      'Execution.optExerciseOrLapseType',
      'Order.allowPreOpen',
      'Order.conditionsIncludeOvernight',
      'Order.deactivate',
      'Order.hedgeMaxSize',
      'Order.ignoreOpenAuction',
      'Order.postOnly',
      'Order.seekPriceImprovement',
      'Order.whatIfType',
      'tickReqParams.lastPricePrecision',
      'tickReqParams.lastSizePrecision',
    ],
  },
  {
    wire: 'text',
    why: 'given up before protobuf: the .proto files have no field for them',
    rows: [
      'ContractDetails.mdSizeMultiplier',
      'ContractDetails.sizeMinTick',
      'HistoricalDataBar.hasGaps',
      'HistoricalTick.reserved',
      'Order.auctionStrategy',
      'Order.basisPoints',
      'Order.basisPointsType',
      'Order.eTradeOnly',
      'Order.faProfile',
      'Order.firmQuoteOnly',
      'Order.nbboPriceCap',
      'Order.sharesAllocation',
    ],
  },
  {
    wire: 'text',
    why: 'start and end of the range: historicalDataEnd carries them from 196 on',
    rows: ['historicalData.startDateStr', 'historicalData.endDateStr'],
  },
  {
    wire: 'text',
    why: 'the level of the book: protobuf leaves it to the service type',
    rows: ['DepthMarketDataDescription.isL2'],
  },
  {
    wire: 'protobuf',
    why: 'first-level depth shares the record of the second level',
    rows: ['updateMktDepth.marketMaker', 'updateMktDepth.isSmartDepth'],
  },
  {
    wire: 'protobuf',
    why: 'the order id stands in the message, and text does not repeat it inside the order',
    rows: ['Order.orderId'],
  },
];
