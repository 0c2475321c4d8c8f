export type Condition = (typeof codes)[number][1];

/** The first code of each kind (WMO code table 4677 as open-meteo.com/en/docs has it, "WMO Weather interpretation codes"). */
const codes = [
  [0, 'clear'],
  [1, 'mostlyClear'],
  [2, 'partlyCloudy'],
  [3, 'overcast'],
  [45, 'fog'],
  [51, 'drizzle'],
  [56, 'freezingRain'],
  [61, 'rain'],
  [66, 'freezingRain'],
  [71, 'snow'],
  [80, 'showers'],
  [85, 'snowShowers'],
  [95, 'thunderstorm'],
] as const;

export function conditionOf(code: number): Condition {
  return codes.findLast(([first]) => first <= code)?.[1] ?? 'clear';
}
