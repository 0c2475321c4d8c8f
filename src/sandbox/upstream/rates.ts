import { Hono } from 'hono';
import { chanceOf } from './invention.ts';

/** About what one dollar buys. */
const perDollar: Readonly<Record<string, number>> = {
  USD: 1,
  AUD: 1.53,
  BRL: 5.42,
  CAD: 1.37,
  CHF: 0.8,
  CNY: 7.18,
  CZK: 21.1,
  DKK: 6.4,
  EUR: 0.857,
  GBP: 0.744,
  INR: 86.9,
  ISK: 121.4,
  JPY: 147.8,
  KES: 129.2,
  KRW: 1_388,
  MXN: 18.7,
  NOK: 10.1,
  NZD: 1.69,
  PLN: 3.65,
  SEK: 9.55,
  TRY: 40.7,
  ZAR: 17.6,
};
const dayS = 86_400;
const terms = {
  provider: 'https://www.exchangerate-api.com',
  documentation: 'https://www.exchangerate-api.com/docs/free',
  terms_of_use: 'https://www.exchangerate-api.com/terms',
};

/** `GET /v6/latest/{base}` (exchangerate-api.com/docs/free): a day's rates, which begin shortly after midnight in UTC. */
export function rates(seed: number): Hono {
  const api = new Hono();
  api.get('/v6/latest/:base', (c) => {
    const base = c.req.param('base').toUpperCase();
    const day = Math.floor(Date.now() / 1_000 / dayS);
    if (!Object.hasOwn(perDollar, base)) {
      return c.json({ result: 'error', ...terms, 'error-type': 'unsupported-code' }, 404);
    }
    return c.json({
      result: 'success',
      ...terms,
      ...moment('time_last_update', day * dayS + 151),
      ...moment('time_next_update', (day + 1) * dayS + 151),
      time_eol_unix: 0,
      base_code: base,
      rates: ratesOf(seed, base, day),
    });
  });
  return api;
}

/** The base first, at exactly 1; two currencies' rates are each other's inverse up to rounding. */
function ratesOf(seed: number, base: string, day: number): Readonly<Record<string, number>> {
  const dollars = Object.entries(perDollar).map(([code, usual]) => {
    const drift = chanceOf(seed, 'rates', code, String(day))() * 0.02 - 0.01;
    return [code, code === 'USD' ? 1 : usual * (1 + drift)] as const;
  });
  const ofBase = dollars.find(([code]) => code === base)?.[1] ?? 1;
  const all = dollars.map(([code, value]) => [code, Number((value / ofBase).toPrecision(7))] as const);
  return { [base]: 1, ...Object.fromEntries(all.filter(([code]) => code !== base)) };
}

function moment(name: string, unixS: number): object {
  const utc = new Date(unixS * 1_000).toUTCString().replace('GMT', '+0000');
  return { [`${name}_unix`]: unixS, [`${name}_utc`]: utc };
}
