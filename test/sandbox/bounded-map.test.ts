import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BoundedMap } from '../../src/sandbox/bounded-map.ts';

test('whatever is added and deleted, a bounded map forgets the oldest that is left, and says which', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.boolean()), { maxLength: 400 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 12 }), (changes, most) => {
      const bounded = new BoundedMap<number, string>(most);
      const model: [number, string][] = [];
      for (const [nth, [key, adds]] of changes.entries()) {
        const at = model.findIndex(([known]) => known === key);
        if (adds) {
          const entry: [number, string] = [key, `value ${nth}`];
          if (at < 0) model.push(entry);
          else model[at] = entry;
          const forgotten = model.length > most ? model.shift()?.[1] : undefined;
          assert.equal(bounded.add(...entry), forgotten);
        } else {
          assert.equal(bounded.delete(key), at >= 0);
          if (at >= 0) model.splice(at, 1);
        }
        assert.deepEqual([...bounded], model);
      }
    }),
  );
});
