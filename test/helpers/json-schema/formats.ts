/** Ends in "Z" or an offset, as Discord writes it. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The formats of Discord's description. */
export const formats = {
  snowflake: (value: string) => /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n,
  nonce: true,
  uri: (value: string) => URL.canParse(value),
  'date-time': dateTime,
  int32: { type: 'number', validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 },
  int64: { type: 'number', validate: Number.isInteger },
  double: { type: 'number', validate: Number.isFinite },
} as const;
