export function things(count: number): string {
  return count === 1 ? '1 thing' : `${count} things`;
}
