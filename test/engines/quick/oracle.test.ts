// The kubelet's own code judges image references, docker configs and the keyring on generated cases.
// The same cases again: SEED=<the seed in the title> npm run test:engines -- --quick oracle
import fc from 'fast-check';
import { ImageReference } from '../../../src/model/image/image-reference.js';
import { Nodes } from '../../../src/model/vocabulary/nodes.js';
import { type Answer, Oracle } from '../engines/oracle.js';
import { type PodCase, podCase } from '../oracle/cases.js';
import { image, registryKey } from '../oracle/names.js';
import { type OurLookup, ourConfig, ourLookups, ourReference, secretData } from '../oracle/ours.js';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const cases = Number(process.env.CASES ?? 20_000);

/** Go walks a map in random order: asked so often, two keys that can change places do. */
const often = 500;

let oracle: Oracle;

beforeAll(() => {
  oracle = Oracle.start();
});

afterAll(() => oracle?.stop());

async function agree(pod: PodCase): Promise<void> {
  const [first] = pod.secrets;
  const config = { type: first!.type, text: Buffer.from(first!.document, 'latin1').toString('base64') };
  const answer = await oracle.ask({ images: pod.images, secrets: pod.secrets.map(secretData), config });
  expect(pod.images.map(ourReference)).toEqual(answer.references);
  expect(ourConfig(first!)).toEqual(answer.config);
  const ours = ourLookups(pod);
  if ('error' in ours) expect(ours).toEqual(answer.keyring);
  else await agreeOnLookups(pod, ours.lookups, answer.keyring);
}

async function agreeOnLookups(
  pod: PodCase,
  ours: readonly (OurLookup | null)[],
  theirs: Answer['keyring'],
): Promise<void> {
  expect(theirs?.error).toBeUndefined();
  const plain = ours.map((lookup, index) =>
    lookup?.ambiguous ? theirs?.lookups?.[index] : lookup && [lookup.credentials],
  );
  expect(plain).toEqual(theirs?.lookups);
  for (const [index, lookup] of ours.entries()) {
    if (lookup?.ambiguous) await agreeOnAmbiguity(pod, index, lookup);
  }
}

/** All orders have the same credentials, and there is more than one order. */
async function agreeOnAmbiguity(pod: PodCase, index: number, { credentials }: OurLookup): Promise<void> {
  const images = pod.images.slice(index, index + 1);
  const { keyring } = await oracle.ask({ images, secrets: pod.secrets.map(secretData), repeat: often });
  const orders = keyring?.lookups?.[0] ?? [];
  const sorted = (list: readonly object[]) =>
    list.map((each) => JSON.stringify(each, ['username', 'password', 'secret'])).sort();
  expect(orders.length).toBeGreaterThan(1);
  for (const order of orders) expect(sorted(order)).toEqual(sorted(credentials));
}

test(`the kubelet answers ${cases} generated cases as we do (SEED=${seed})`, async () => {
  await fc.assert(fc.asyncProperty(podCase, agree), { seed, numRuns: cases, endOnFailure: false, verbose: 1 });
}, 1_800_000);

test(`credential providers are asked for the images that we say (SEED=${seed})`, async () => {
  const provider = fc.record({
    images: fc.array(image, { minLength: 1, maxLength: 6 }),
    matchImages: fc.array(registryKey, { minLength: 1, maxLength: 6 }),
  });
  let matches = 0;
  const agreeOnProvider = async ({ images, matchImages }: { images: string[]; matchImages: string[] }) => {
    const { matched } = await oracle.ask({ images, matchImages });
    const ours = images.map((each) => matchImages.map((pattern) => isAsked(pattern, each)));
    matches += ours.flat().filter(Boolean).length;
    expect(ours).toEqual(matched);
  };
  await fc.assert(fc.asyncProperty(provider, agreeOnProvider), { seed, numRuns: cases / 4 });
  expect(matches).toBeGreaterThan(cases / 40);
}, 1_800_000);

function isAsked(pattern: string, text: string): boolean {
  const reference = ImageReference.tryParse(text);
  const nodes = new Nodes({ providers: [{ name: 'p', matchImages: [pattern] }] }, new Map());
  return !('error' in reference) && nodes.providersOf(reference).length > 0;
}

test('the generated cases reach every part of the answer', () => {
  const pods = fc.sample(podCase, { seed, numRuns: 2_000 });
  const answers = pods.map(ourLookups);
  const lookups = answers.flatMap((answer) => ('error' in answer ? [] : answer.lookups));
  const share = (count: number, of: number) => Math.round((100 * count) / of);
  expect(share(answers.filter((answer) => 'error' in answer).length, answers.length)).toBeGreaterThan(10);
  expect(share(lookups.filter((lookup) => lookup === null).length, lookups.length)).toBeGreaterThan(10);
  expect(share(lookups.filter((lookup) => lookup?.credentials.length).length, lookups.length)).toBeGreaterThan(10);
  expect(lookups.filter((lookup) => (lookup?.credentials.length ?? 0) > 1).length).toBeGreaterThan(20);
  expect(lookups.filter((lookup) => lookup?.ambiguous).length).toBeGreaterThan(5);
});
