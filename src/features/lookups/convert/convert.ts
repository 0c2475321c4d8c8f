import { defineCommand } from '../../command.ts';
import { convertCurrency } from './currency.ts';
import { convertUnits } from './units.ts';

export const convert = defineCommand({
  name: 'convert',
  description: 'Converts units and currencies',
  subcommands: { units: convertUnits, currency: convertCurrency },
});
