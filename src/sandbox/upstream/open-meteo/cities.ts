export type City = {
  readonly id: number;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly elevation: number;
  /** GeoNames: a populated place. */
  readonly feature_code: 'PPL';
  readonly population: number;
  readonly country_code: string;
  readonly country: string;
  readonly admin1: string;
  readonly timezone: string;
};

function city(
  id: number,
  name: string,
  [latitude, longitude, elevation]: readonly [number, number, number],
  population: number,
  [country_code, country, admin1]: readonly [string, string, string],
  timezone: string,
): City {
  return {
    id,
    name,
    latitude,
    longitude,
    elevation,
    feature_code: 'PPL',
    population,
    country_code,
    country,
    admin1,
    timezone,
  };
}

const germany = (state: string) => ['DE', 'Germany', state] as const;
const america = (state: string) => ['US', 'United States', state] as const;

/** Real places, so that a map agrees; several share a name. */
export const cities: readonly City[] = [
  city(1850147, 'Tokyo', [35.6895, 139.69171, 44], 9733276, ['JP', 'Japan', 'Tokyo'], 'Asia/Tokyo'),
  city(
    2643743,
    'London',
    [51.50853, -0.12574, 25],
    8961989,
    ['GB', 'United Kingdom', 'England'],
    'Europe/London',
  ),
  city(6058560, 'London', [42.98339, -81.23304, 251], 422324, ['CA', 'Canada', 'Ontario'], 'America/Toronto'),
  city(5128581, 'New York', [40.71427, -74.00597, 10], 8804190, america('New York'), 'America/New_York'),
  city(2988507, 'Paris', [48.85341, 2.3488, 42], 2138551, ['FR', 'France', 'Île-de-France'], 'Europe/Paris'),
  city(4717560, 'Paris', [33.66094, -95.55551, 183], 24839, america('Texas'), 'America/Chicago'),
  city(2950159, 'Berlin', [52.52437, 13.41053, 74], 3426354, germany('State of Berlin'), 'Europe/Berlin'),
  city(2911298, 'Hamburg', [53.55073, 9.99302, 2], 1845229, germany('Hamburg'), 'Europe/Berlin'),
  city(2867714, 'Munich', [48.13743, 11.57549, 524], 1260391, germany('Bavaria'), 'Europe/Berlin'),
  city(3117735, 'Madrid', [40.4165, -3.70256, 665], 3255944, ['ES', 'Spain', 'Madrid'], 'Europe/Madrid'),
  city(3169070, 'Rome', [41.89193, 12.51133, 52], 2318895, ['IT', 'Italy', 'Lazio'], 'Europe/Rome'),
  city(
    2759794,
    'Amsterdam',
    [52.37403, 4.88969, 13],
    741636,
    ['NL', 'The Netherlands', 'North Holland'],
    'Europe/Amsterdam',
  ),
  city(2761369, 'Vienna', [48.20849, 16.37208, 171], 1691468, ['AT', 'Austria', 'Vienna'], 'Europe/Vienna'),
  city(2657896, 'Zürich', [47.36667, 8.55, 429], 341730, ['CH', 'Switzerland', 'Zurich'], 'Europe/Zurich'),
  city(
    3413829,
    'Reykjavík',
    [64.13548, -21.89541, 37],
    118918,
    ['IS', 'Iceland', 'Capital Region'],
    'Atlantic/Reykjavik',
  ),
  city(360630, 'Cairo', [30.06263, 31.24967, 23], 9606916, ['EG', 'Egypt', 'Cairo'], 'Africa/Cairo'),
  city(
    184745,
    'Nairobi',
    [-1.28333, 36.81667, 1665],
    4397073,
    ['KE', 'Kenya', 'Nairobi County'],
    'Africa/Nairobi',
  ),
  city(
    3448439,
    'São Paulo',
    [-23.5475, -46.63611, 769],
    12400232,
    ['BR', 'Brazil', 'São Paulo'],
    'America/Sao_Paulo',
  ),
  city(
    2147714,
    'Sydney',
    [-33.86785, 151.20732, 58],
    4627345,
    ['AU', 'Australia', 'New South Wales'],
    'Australia/Sydney',
  ),
  city(1261481, 'New Delhi', [28.63576, 77.22445, 214], 317797, ['IN', 'India', 'Delhi'], 'Asia/Kolkata'),
  city(4409896, 'Springfield', [37.21533, -93.29824, 396], 166810, america('Missouri'), 'America/Chicago'),
  city(
    4951788,
    'Springfield',
    [42.10148, -72.58981, 21],
    155929,
    america('Massachusetts'),
    'America/New_York',
  ),
  city(4250542, 'Springfield', [39.80172, -89.64371, 182], 116565, america('Illinois'), 'America/Chicago'),
];
