import { textAsData } from './scrape-data.ts';

/** Stands for all shard processes: sends what each of them would, in a message each. */
process.on('message', ({ texts, asData }: { texts: readonly string[]; asData: boolean }) => {
  for (const text of texts) process.send?.(asData ? textAsData(text) : text);
});
