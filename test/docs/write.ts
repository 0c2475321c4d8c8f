import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../helpers/processes.ts';
import { generatedPages } from './pages.ts';

// npm run docs
for (const [file, text] of Object.entries(generatedPages())) writeFileSync(path.join(root, file), text);
