import { grouped } from '../../model/names/grouped.js';
import type { FindingRow } from './finding-row.js';
import type { ImageRow } from './image-row.js';
import type { ProofReport } from './proof-report.js';
import type { ReportStyle } from './style.js';

/** A test case of a suite, with why it fails. */
interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly file: string | undefined;
  readonly failures: readonly FindingRow[];
}

/** The suite of findings that are about no image. */
const restSuite = 'other findings';

/**
 * The answer as JUnit XML: a test case for each image, which fails with the findings about it, and one for each finding
 * that is about no image. Warnings fail nothing.
 */
export function junitReport({ images, findings }: ProofReport, { inRepository }: ReportStyle): string {
  const grave = findings.filter(({ severity }) => severity !== 'warning');
  const bySubject = grouped(grave, ({ about }) => subjectKey(about ?? {}));
  const told = new Set<FindingRow>();
  const cases = images.map((image): TestCase => {
    const failures = failuresOf(image, bySubject.get(subjectKey(image)) ?? [], grave);
    for (const each of failures) told.add(each);
    return { suite: suiteOf(image), name: nameOf(image), file: image.source ?? image.file, failures };
  });
  const rest = grave
    .filter((finding) => !told.has(finding))
    .map((finding): TestCase => {
      const { code, message, source, file } = finding;
      return { suite: restSuite, name: `${code}: ${message}`, file: source ?? file, failures: [finding] };
    });
  const all = [...cases, ...rest];
  const suites = [...grouped(all, ({ suite }) => suite)].map(([name, own]) => suiteText(name, own, inRepository));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cdk8s-image-pull verify" ${countsOf(all)}>\n${suites.join('')}</testsuites>\n`;
}

/** The findings about an image; of a broken Secret that many pods list one finding may stand for all. */
function failuresOf(image: ImageRow, own: readonly FindingRow[], all: readonly FindingRow[]): readonly FindingRow[] {
  const about = own.filter(({ image: text, container }) => text === undefined || isOf(image, text, container));
  if (about.length > 0 || image.verdict !== 'blocked') return about;
  return all.filter(({ code }) => code === 'pull-blocked').slice(0, 1);
}

function isOf(image: ImageRow, text: string, container: string | undefined): boolean {
  return image.image === text && image.container === container;
}

function subjectKey({ kind, namespace = '', name }: { kind?: string; namespace?: string; name?: string }): string {
  return JSON.stringify([kind, namespace, name]);
}

function suiteOf({ cluster, namespace }: ImageRow): string {
  return [cluster, namespace].filter((part) => part !== '').join('/') || 'images';
}

function nameOf({ kind, name, container, image }: ImageRow): string {
  return `${kind}/${name} ${container} ${image}`;
}

function suiteText(name: string, cases: readonly TestCase[], inRepository: ReportStyle['inRepository']): string {
  const texts = cases.map((each) => caseText(each, inRepository));
  return `  <testsuite name="${escaped(name)}" ${countsOf(cases)}>\n${texts.join('')}  </testsuite>\n`;
}

function countsOf(cases: readonly TestCase[]): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  return `tests="${cases.length}" failures="${failed}" errors="0"`;
}

function caseText({ suite, name, file, failures }: TestCase, inRepository: ReportStyle['inRepository']): string {
  const place = file === undefined ? '' : ` file="${escaped(inRepository(file))}"`;
  const head = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"${place}`;
  if (failures.length === 0) return `${head}/>\n`;
  return `${head}>\n${failures.map(failureText).join('')}    </testcase>\n`;
}

function failureText({ code, message, hint, file, line }: FindingRow): string {
  const where = file === undefined ? '' : `${file}:${line}: `;
  const text = `${where}${message}${hint === undefined ? '' : `\n${hint}`}`;
  return `      <failure type="${escaped(code)}" message="${escaped(message)}">${escaped(text)}</failure>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML 1.0 takes it: what none of its characters can stand for is replaced. `]]>` ends in an entity. */
function escaped(text: string): string {
  return Buffer.from(text)
    .toString()
    .replace(/[&<>"]/g, (char) => entities[char] ?? char)
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
