export function rowsIn(tables: readonly { readonly rows: readonly object[] }[]): number {
  return tables.reduce((sum, table) => sum + table.rows.length, 0);
}
