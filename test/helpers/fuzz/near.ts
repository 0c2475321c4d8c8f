import * as fc from 'fast-check';

/** Values that programs stumble over: bounds, other types, names of a prototype's own. */
const strange = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, '', '0', 'é\u0000', '\ud800', '__proto__'),
  fc.constantFrom([], {}, [null], [[]], { constructor: 1 }, 'x'.repeat(7_000)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** JSON that resembles `valid`: at any depth a value may be another or missing, a list longer, a property unknown. */
export function near(valid: unknown): fc.Arbitrary<unknown> {
  const inside = insideOf(valid);
  if (!inside) {
    return fc.oneof({ weight: 9, arbitrary: fc.constant(valid) }, { weight: 1, arbitrary: strange });
  }
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(valid) },
    { weight: 8, arbitrary: inside },
    { weight: 1, arbitrary: strange },
  );
}

function insideOf(valid: unknown): fc.Arbitrary<unknown> | undefined {
  if (Array.isArray(valid)) {
    const elements = valid.map(near);
    return elements.length === 0 ? undefined : fc.array(fc.oneof(...elements), { maxLength: 30 });
  }
  if (typeof valid !== 'object' || valid === null) return undefined;
  const known = Object.entries(valid).map(([name, inner]) => [name, near(inner)] as const);
  const whole = fc.record(Object.fromEntries(known), { requiredKeys: [] });
  const more = fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'flags', 'type'), strange, {
    maxKeys: 1,
  });
  return fc.oneof(
    { weight: 4, arbitrary: whole },
    { weight: 1, arbitrary: fc.tuple(whole, more).map(([one, other]) => ({ ...one, ...other })) },
  );
}
