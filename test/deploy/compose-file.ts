import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../helpers/processes.ts';

const duration = z.string().regex(/^\d+(s|m|h)$/);
const size = z.string().regex(/^\d+[kmgKMG]$/);
const condition = z.enum(['service_healthy', 'service_completed_successfully', 'service_started']);

const healthcheck = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.strictObject({
    test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: z.int().min(1),
  }),
]);

const secretMount = z.union([
  z.string().transform((source) => ({ source, target: `/run/secrets/${source}` })),
  z.strictObject({ source: z.string(), target: z.string().startsWith('/') }),
]);

/** The keys of the Compose specification that the file uses, in the forms that it uses; a misspelt key is refused. */
const service = z.strictObject({
  image: z.string().transform((text) => interpolated(text)),
  build: z
    .strictObject({
      context: z.literal('.'),
      target: z.string(),
      args: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  pull_policy: z.literal('never').optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).default([]),
  user: z.string().optional(),
  pid: z.literal('host').optional(),
  restart: z.enum(['no', 'unless-stopped']),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  logging: z.strictObject({
    driver: z.literal('json-file'),
    options: z.strictObject({ 'max-size': size, 'max-file': z.string().regex(/^\d+$/) }),
  }),
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).default([]),
  environment: z.record(z.string().regex(/^[A-Z_]+$/), z.string()).default({}),
  secrets: z.array(secretMount).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string().startsWith('/')).default([]),
  shm_size: size.optional(),
  ulimits: z.strictObject({ nofile: z.int() }).optional(),
  networks: z.array(z.string()).min(1),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition })).default({}),
  healthcheck: healthcheck.optional(),
  stop_signal: z.string().startsWith('SIG').optional(),
  stop_grace_period: duration.default('10s'),
  deploy: z.strictObject({
    resources: z.strictObject({
      limits: z.strictObject({ cpus: z.string(), memory: z.string(), pids: z.int() }),
    }),
  }),
});

const compose = z.strictObject({
  name: z.literal('shoal'),
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ internal: z.literal(true).optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string().startsWith('./secrets/') })),
});

export type Service = z.output<typeof service>;

/** docker-compose.production.yml as it stands there, anchors resolved. */
export function readComposeText(): Readonly<Record<string, unknown>> {
  const text = readFileSync(path.join(root, 'docker-compose.production.yml'), 'utf8');
  return parse(text, { merge: true, maxAliasCount: -1 }) as Record<string, unknown>;
}

/** The same; what begins with x- is for its own use. Throws where a key or a form is unknown. */
export function readCompose(): z.output<typeof compose> {
  const own = Object.entries(readComposeText()).filter(([key]) => !key.startsWith('x-'));
  return compose.parse(Object.fromEntries(own));
}

/** Whether a service runs an image of ours, whoever builds it. */
export function isOurs({ image }: Service): boolean {
  return /^shoal(-backup)?:/.test(image);
}

/** `${NAME:-default}` → what is set, or else the default; `$$` → `$`; what must be set (`${NAME:?…}`) and is not stays. */
export function interpolated(text: string, set: Readonly<Record<string, string>> = {}): string {
  return text
    .replaceAll(
      /\$\{(\w+):([-?])([^}]*)\}/g,
      (all, name: string, kind: string, rest: string) => set[name] ?? (kind === '-' ? rest : all),
    )
    .replaceAll('$$', '$');
}

/** The test of a health check, where there is one. */
export function healthTest(of: Service | undefined): readonly string[] | undefined {
  const check = of?.healthcheck;
  return check === undefined || 'disable' in check ? undefined : check.test;
}
