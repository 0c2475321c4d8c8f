/**
 * The template with some of its values replaced. Every key must be there: a setting of the local servers that production
 * does not have would be tested for nothing.
 */
export function renderPgbouncerConfig(
  template: string,
  values: Readonly<Record<string, string>>,
): readonly string[] {
  const lines = template.split('\n');
  for (const [key, value] of Object.entries(values)) {
    const index = lines.findIndex((line) => line.startsWith(`${key} =`));
    if (index === -1) throw new Error(`pgbouncer.ini has no line "${key} = ..." to replace`);
    lines[index] = `${key} = ${value}`;
  }
  return lines;
}
