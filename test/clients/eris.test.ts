import { judge } from './judge.ts';

judge({ script: 'eris', library: 'eris', httpsOnly: true, neverResumesAfterOp9: true });
