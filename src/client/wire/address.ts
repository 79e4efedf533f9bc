// Whose a message is, as its decoder says it without a look at the message.

export interface Address {
  /** Id of its kind. */
  readonly id: number;
  /** The request id that it carries; undefined where its kind is not sent by one. */
  readonly owner: number | undefined;
}
