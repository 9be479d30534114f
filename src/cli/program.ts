import { Command, Option } from 'commander';
import { terminalText } from '../model/problem/shown.js';
import type { ExitCode, Io } from './io.js';
import { load } from './load.js';
import { packageVersion } from './package-version.js';

/** Takes the exit code of a command that ran. */
export type Done = (code: ExitCode) => void;

const exitCodes = `
Exit codes: 0 fine, also with warnings; 1 findings, such as a manifest that cannot be read (the rest is written),
differences, or a stop before access would leave; 2 usage or a broken config, nothing written.`;

/** The command line. Each command's code is loaded when it runs, so that help is quick. */
export function program(io: Io, done: Done): Command {
  const cli = new Command('image-pull')
    .description('Pull secrets, service accounts and grants for container images, derived from your manifests.')
    .configureOutput({
      writeOut: (text) => io.out(terminalText(text)),
      writeErr: (text) => io.err(terminalText(withoutValues(text))),
    })
    .exitOverride()
    .showHelpAfterError('(add --help for usage)')
    .helpCommand(false)
    .addHelpText('after', `${exitCodes}\nDocs: README.md of the package, and its docs folder.`);
  cli.version(packageVersion(), '-V, --version');
  addInit(cli, io, done);
  addSynth(cli, io, done);
  addAttach(cli, io, done);
  addVerify(cli, io, done);
  addExplain(cli, io, done);
  addPlan(cli, io, done);
  addSeal(cli, io, done);
  addCharts(cli, io, done);
  addSchema(cli, io, done);
  return cli;
}

/** An error about an option without the value that was given with it, which may be a password. */
function withoutValues(text: string): string {
  return text.replace(/unknown option '(--[\w-]+|-\w)?.*'/s, (_all, name = '-') => `unknown option '${name}'`);
}

function addInit(cli: Command, io: Io, done: Done): void {
  cli
    .command('init')
    .description('Read the manifests below this folder and write an image-pull.yaml that fits them.')
    .argument('[paths...]', 'manifests: files or folders', [])
    .option('-c, --config <file>', 'file to write', 'image-pull.yaml')
    .option('--update', 'add what is new in the repository to the file that is there')
    .addHelpText(
      'after',
      '\nExamples:\n  $ image-pull init\n  $ image-pull init apps clusters/prod\n  $ image-pull init --update && git diff',
    )
    .action(async (paths: string[], options) => done(await load('./commands/init.js', 'init')(paths, options, io)));
}

function addSynth(cli: Command, io: Io, done: Done): void {
  cli
    .command('synth')
    .description('Write what gives every pod the pull secrets its images need, and say who gets what.')
    .option('-c, --config <file>', 'config file', 'image-pull.yaml')
    .option('-o, --output <folder>', 'output folder (default: dist beside the config file)')
    .option('--cluster <name...>', 'only these clusters')
    .option('--check', 'write nothing; exit 1 when files or manifests are not what the config gives')
    .option('--diff', 'write nothing; show what would change, secret values masked')
    .option('--stdout', 'write nothing; print all objects as one YAML stream')
    .option('--why', 'explain every line')
    .option('--now', 'let access leave at once, without the step in between')
    .addHelpText(
      'after',
      '\nExamples:\n  $ image-pull synth\n  $ image-pull synth --check\n  $ kustomize build apps | image-pull synth   # with "-" in workloads',
    )
    .action(async (options) => done(await load('./commands/synth.js', 'synth')(options, io)));
}

function addAttach(cli: Command, io: Io, done: Done): void {
  cli
    .command('attach')
    .description('Put pull secrets on the lists in your own manifests, and take back what it put there before.')
    .option('-c, --config <file>', 'config file', 'image-pull.yaml')
    .option('--check', 'write nothing; exit 1 when a list is not what it must be')
    .addHelpText(
      'after',
      `
Each entry is marked with a comment, and only marked entries are ever taken back. Where manifests are rendered from
something else, or are JSON, it prints what to put there instead.

Examples:
  $ image-pull attach && git diff
  $ image-pull attach --check`,
    )
    .action(async (options) => done(await load('./commands/attach.js', 'attach')(options, io)));
}

function addVerify(cli: Command, io: Io, done: Done): void {
  cli
    .command('verify')
    .description('Prove, image by image, which credentials the kubelet will be offered, from manifests or a dump.')
    .argument(
      '[paths...]',
      'manifests: files, folders, globs, - for standard input (default: what the config reads)',
      [],
    )
    .option('-c, --config <file>', 'config file (default: image-pull.yaml, where there is one)')
    .option('-o, --output <folder>', 'output folder of synth (default: dist beside the config file)')
    .option('--cluster <name...>', 'only these clusters; of paths, the cluster that they are of')
    .option('-n, --namespace <name>', 'namespace of manifests that name none')
    .option(
      '--format <format>',
      'text, json, sarif, github, gitlab or junit; <format>=<file> writes a file',
      listed,
      [],
    )
    .option('--all', 'show every image, not only what is wrong')
    .option('--secrets', 'find credentials in the clear in every file that is read, too')
    .option(
      '--changed <files...>',
      'judge only what these files can have changed; - for a list of them on standard input',
    )
    .option(
      '--since <revision>',
      'the revision of Git to compare with (default: HEAD); alone, all that has changed since',
    )
    .option('--list-codes', 'list what can be found, and do nothing else')
    .addHelpText(
      'after',
      `
Examples:
  $ image-pull verify
  $ image-pull verify apps clusters/prod --all
  $ image-pull verify --format sarif=image-pull.sarif --format github
  $ image-pull verify --since origin/main
  $ git diff --name-only origin/main | image-pull verify --changed - --since origin/main
  $ kubectl get secrets,serviceaccounts,pods -A -o yaml | image-pull verify -`,
    )
    .action(async (paths: string[], options) => done(await load('./commands/verify.js', 'verify')(paths, options, io)));
}

/** Takes an option that may be given several times. */
function listed(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function addExplain(cli: Command, io: Io, done: Done): void {
  cli
    .command('explain')
    .description(
      'Say what the kubelet makes of an image, a workload or a pull secret, or what a message means. Values are masked.',
    )
    .argument('<subject>', 'an image, <kind>/<name> of a workload, secret/<name>, or a message in quotes')
    .argument(
      '[paths...]',
      'docker configs and manifests: files, folders, - for standard input (default: what the config reads, else this folder)',
      [],
    )
    .option('-n, --namespace <name>', 'namespace of the subject, and of manifests that name none')
    .option('-c, --config <file>', 'config that says what synth gives (default: image-pull.yaml, where there is one)')
    .addHelpText(
      'after',
      `
Examples:
  $ image-pull explain ghcr.io/acme/web:v4 ~/.docker/config.json
  $ image-pull explain secret/regcred -n team-a clusters/prod
  $ image-pull explain "requested access to the resource is denied"
  $ kubectl get secrets,serviceaccounts,pods -A -o yaml | image-pull explain pod/web-7c9d -n team-a -`,
    )
    .action(async (subject: string, paths: string[], options) =>
      done(await load('./commands/explain.js', 'explain')(subject, paths, options, io)),
    );
}

function addPlan(cli: Command, io: Io, done: Done): void {
  cli
    .command('plan')
    .description(
      'Say what applying the output would change for the pods of a running cluster, in an order that loses nobody.',
    )
    .requiredOption('--live <dump>', 'a dump of the cluster: a file, or - for standard input')
    .option('-c, --config <file>', 'config file', 'image-pull.yaml')
    .option('--cluster <name>', 'the cluster of the config that the dump is of (default: the only one)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Nothing is asked of the cluster: what the dump does not say is not guessed.

Example:
  $ kubectl get ns,secrets,sa,pods,deploy,sts,ds -A -o yaml --show-managed-fields | image-pull plan --live -`,
    )
    .action(async (options) => done(await load('./commands/plan.js', 'plan')(options, io)));
}

function addSeal(cli: Command, io: Io, done: Done): void {
  cli
    .command('seal')
    .description('Encrypt a pull secret for the namespaces that need it, and write ciphertext to sealed/.')
    .argument('[pull-secret]', 'name of a pull secret with source sealed or sops')
    .option('-c, --config <file>', 'config file', 'image-pull.yaml')
    .option('--cluster <name...>', 'only these clusters')
    .option('--from <file>', 'docker config with the credentials, or a Secret with one; - for standard input')
    .option('--username <name>', 'user name; the password is asked for, and not shown')
    .option('--password-stdin', 'read the password of --username from standard input')
    .addOption(new Option('--password [value]').hideHelp())
    .option('--registry <name...>', 'only the credentials of these registries of the config')
    .option('--rotate', 'replace what is sealed already')
    .option('--merge-from <file>', "OpenShift's global pull secret as the cluster has it, to merge into")
    .option('--status', 'write nothing; say what is sealed, for whom, since when, and what is due')
    .option('--prune', 'remove ciphertext that nothing needs any more, and do nothing else')
    .option(
      '-o, --output <dir>',
      'with --status or --prune: the folder that synth writes to (default: dist beside the config)',
    )
    .option('--checksum-key <file>', 'a key outside of Git, by which an unchanged credential is known again')
    .addHelpText(
      'after',
      `
What is sealed already stays as it is, byte for byte; only what is missing is sealed, and with --rotate what was given.
Nothing but the files in sealed/ is written; synth places them.

Examples:
  $ image-pull seal ghcr-pull --from ~/.docker/config.json
  $ printf %s "$TOKEN" | image-pull seal ghcr-pull --username robot --password-stdin
  $ vault kv get -field=config registries/ghcr | image-pull seal ghcr-pull --rotate --from -
  $ image-pull seal ghcr-pull --username robot
  $ image-pull seal --status`,
    )
    .action(async (pullSecret: string | undefined, options) =>
      done(await load('./commands/seal.js', 'seal')(pullSecret, options, io)),
    );
}

function addCharts(cli: Command, io: Io, done: Done): void {
  cli
    .command('charts')
    .description('Print the lines that fetch the charts of others which do not lie in the repository.')
    .option('-c, --config <file>', 'config file', 'image-pull.yaml')
    .addHelpText(
      'after',
      `
Standard output has nothing but these lines, so that a shell can run them. Fetch, commit, and run it again: a chart may
hold objects that name others.

Examples:
  $ image-pull charts
  $ image-pull charts | sh && git add vendor/charts`,
    )
    .action(async (options) => done(await load('./commands/charts.js', 'charts')(options, io)));
}

function addSchema(cli: Command, io: Io, done: Done): void {
  cli
    .command('schema')
    .description('Print the JSON Schema of image-pull.yaml.')
    .addHelpText('after', '\nExample:\n  $ image-pull schema > image-pull.schema.json')
    .action(() => done(load('./commands/schema.js', 'schema')(io)));
}
