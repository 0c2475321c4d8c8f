import type { Draw, Whole } from './giveaway-row.ts';
import { ranking } from './rank.ts';
import { commitmentOf } from './rules/draw.ts';

/** Of all draws together; each is hashed and takes 90 bytes. Beyond it a reader hashes the ids. */
const hashesMax = 10_000;

/** 20 bytes each, so that the file stays below Discord's 10 MiB (reference, "Uploading Files"). */
const idsMax = 400_000;

/** In English, as its readers are tools as well. `ids`: of all who entered. */
export async function checkText(found: Whole & { readonly ids: readonly string[] }): Promise<string> {
  const { giveaway, draws, ids } = found;
  const many = draws.reduce((sum, { candidates }) => sum + candidates, 0) > hashesMax;
  const parts = many ? [...draws.map(idsDrawText), idsText(ids)] : await hashedDrawTexts(found);
  return [`giveaway ${giveaway.id}`, ...parts].join('\n\n').concat('\n');
}

async function hashedDrawTexts({
  draws,
  ids,
}: Pick<Whole, 'draws'> & { readonly ids: readonly string[] }): Promise<readonly string[]> {
  const earlier = new Set<string>();
  const texts: string[] = [];
  for (const draw of draws) {
    texts.push(
      await hashedDrawText(
        draw,
        ids.filter((id) => !earlier.has(id)),
      ),
    );
    for (const id of draw.winners) earlier.add(id);
  }
  return texts;
}

/** One line an id, the lowest hash first. */
async function hashedDrawText(draw: Draw, candidates: readonly string[]): Promise<string> {
  const won = new Set(draw.winners);
  const lines = (await ranking(draw.seed, candidates)).map(
    ({ score, userId }) => `${score} ${userId}${won.has(userId) ? ' won' : ''}`,
  );
  return [...headOf(draw), 'sha256(seed:id), the lowest win:', ...lines].join('\n');
}

function idsDrawText(draw: Draw): string {
  const rule = 'won, by the lowest sha256(seed:id) of the ids below that had not won before:';
  return [...headOf(draw), rule, ...draw.winners].join('\n');
}

function headOf({ number, seed, wanted, candidates }: Draw): readonly string[] {
  return [
    `draw ${number}: ${wanted} wanted of ${candidates}`,
    `seed ${seed}`,
    `sha256(seed), published before the draw: ${commitmentOf(seed)}`,
  ];
}

function idsText(ids: readonly string[]): string {
  const cut = ids.length > idsMax ? [`only the first ${idsMax} of ${ids.length} ids fit into this file`] : [];
  return ['ids of all who entered:', ...cut, ...ids.slice(0, idsMax)].join('\n');
}
