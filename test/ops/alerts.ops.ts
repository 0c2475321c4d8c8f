import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { survivors } from './mutants.ts';
import { without } from './programs.ts';
import { alertNames } from './rule-files.ts';

describe('an alert that is changed anywhere (a bound, a range, a duration, a branch left out) fails its cases', () => {
  for (const name of alertNames)
    test(name, { skip: without('promtool') }, async () => {
      assert.deepEqual(await survivors([name]), []);
    });
});
