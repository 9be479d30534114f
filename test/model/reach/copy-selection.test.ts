import fc from 'fast-check';
import { type CopySelection, copySelection, regexList } from '../../../src/model/reach/copy-selection.js';
import { inScope, type PolicyScope } from '../../../src/model/reach/policy-scope.js';

const scope = (change: Partial<PolicyScope> = {}): PolicyScope => ({
  labels: {},
  patterns: [],
  except: ['image-pull'],
  ...change,
});
const nameLabel = 'kubernetes.io/metadata.name';

test.each<[string, Partial<PolicyScope>, CopySelection]>([
  ['every namespace', {}, { names: ['*'] }],
  ['every namespace, said by a pattern', { patterns: [['*']] }, { names: ['*'] }],
  ['names and patterns', { patterns: [['team-*', 'shop']] }, { names: ['shop', 'team-*'] }],
  [
    'what two lists both allow',
    {
      patterns: [
        ['team-*', 'shop'],
        ['team-a*', 'shop', 'lab'],
      ],
    },
    { names: ['shop', 'team-a*'] },
  ],
  ['every namespace but one', { except: ['image-pull', 'lab'] }, { selector: `${nameLabel} notin (image-pull,lab)` }],
  ['names but one', { patterns: [['a', 'b']], except: ['b', 'image-pull'] }, { names: ['a'] }],
  [
    'patterns of which one is taken away',
    { patterns: [['a-*', 'b']], except: ['a-*', 'image-pull'] },
    { names: ['b'] },
  ],
  ['a pattern beside what is excluded', { patterns: [['a-*']], except: ['b-*', 'image-pull'] }, { names: ['a-*'] }],
  ['names, the one of the source among them', { patterns: [['a', 'image-pull']] }, { names: ['a'] }],
  [
    'labels, by which the namespace of the source is not selected',
    { labels: { tier: 'gold', 'acme.example/pulls': 'yes' } },
    { selector: `acme.example/pulls=yes,tier=gold,${nameLabel} notin (image-pull)` },
  ],
  [
    'labels and names',
    { labels: { tier: 'gold' }, patterns: [['a', 'b', 'lab']], except: ['image-pull', 'lab*'] },
    { selector: `tier=gold,${nameLabel} in (a,b)` },
  ],
])('%s can be said', (_, change, selection) => {
  expect(copySelection(scope(change), 'image-pull')).toEqual(selection);
});

test.each<[string, Partial<PolicyScope>, RegExp]>([
  ['labels together with patterns', { labels: { tier: 'gold' }, patterns: [['team-*']] }, /pattern team-\* cannot/],
  [
    'labels but for a pattern',
    { labels: { tier: 'gold' }, except: ['image-pull', 'kube-*'] },
    /pattern kube-\* cannot/,
  ],
  ['every namespace but for a pattern', { except: ['image-pull', 'kube-*'] }, /pattern kube-\* cannot/],
  ['a pattern but for a name', { patterns: [['team-*']], except: ['image-pull', 'team-x'] }, /takes team-x out of/],
  ['a pattern but for another one', { patterns: [['team-*']], except: ['*-lab', 'image-pull'] }, /takes \*-lab out of/],
  ['patterns that meet in part', { patterns: [['team-*'], ['*-prod']] }, /has team-\* and `allow` has \*-prod/],
  ['no name at all', { patterns: [[]] }, /leave no namespace/],
  ['lists that have nothing in common', { patterns: [['a'], ['b']] }, /leave no namespace/],
  ['only the namespace of the source', { patterns: [['image-pull']] }, /leave no namespace/],
  ['labels and only the namespace of the source', { labels: { a: 'b' }, patterns: [['image-pull']] }, /no namespace/],
  ['everything excluded', { except: ['*', 'image-pull'] }, /leave no namespace/],
])('%s cannot be said', (_, change, reason) => {
  expect(copySelection(scope(change), 'image-pull')).toMatchObject({ reason: expect.stringMatching(reason) });
});

/** Whether a tool copies into a namespace, as reflector and kubernetes-replicator read what they are told. */
function copies(selection: CopySelection, source: string, name: string, labels: ReadonlyMap<string, string>): boolean {
  if ('names' in selection)
    return (
      name !== source &&
      regexList(selection.names)
        .split(',')
        .some((each) => new RegExp(each).test(name))
    );
  const carried = new Map([...labels, [nameLabel, name]]);
  return selection.selector.split(/,(?![^(]*\))/).every((requirement) => {
    const [, key = '', operator, list = ''] = /^(\S+) (in|notin) \((.*)\)$/.exec(requirement) ?? [];
    if (operator !== undefined) return list.split(',').includes(carried.get(key) ?? '') === (operator === 'in');
    const [label = '', value = ''] = requirement.split('=');
    return carried.get(label) === value;
  });
}

test('what can be said is the scope, no namespace more and none less', () => {
  const name = fc.constantFrom('a', 'b', 'ab', 'ba', 'aab', 's', 'sa', 'as');
  const pattern = fc.oneof(name, fc.constantFrom('*', 'a*', '*a', '*b', 'b*', 'a*b', 's*', '*s'));
  const lists = fc.array(fc.array(pattern, { maxLength: 3 }), { maxLength: 2 });
  const labels = fc.constantFrom<Record<string, string>[]>({}, { t: '1' }, { t: '1', u: '2' });
  let said = 0;
  fc.assert(
    fc.property(lists, fc.array(pattern, { maxLength: 2 }), labels, (patterns, except, wanted) => {
      const whole = { labels: wanted, patterns, except: ['s', ...except] };
      const selection = copySelection(whole, 's');
      if ('reason' in selection) return;
      said++;
      for (const namespace of ['a', 'b', 'ab', 'ba', 'aab', 's', 'sa', 'as', 'bab', 'aa'])
        for (const carried of [
          new Map<string, string>(),
          new Map([['t', '1']]),
          new Map(Object.entries({ t: '1', u: '2' })),
        ]) {
          const isCopied = copies(selection, 's', namespace, carried);
          const isMeant = inScope(whole, namespace, carried);
          // An expectation costs more than the answer.
          if (isCopied !== isMeant) expect([selection, namespace, isCopied]).toEqual([selection, namespace, isMeant]);
        }
    }),
    { numRuns: 3000 },
  );
  expect(said).toBeGreaterThan(100);
});

test('names become expressions for whole names, in which nothing but the star means more', () => {
  expect(regexList(['team-*', 'shop'])).toBe('^team-.*$,^shop$');
  expect(regexList(['a.b*', '(x|y)[z]{2}+?^$\\', 'c,d'])).toBe(
    '^a\\.b.*$,^\\(x\\|y\\)\\[z\\]\\{2\\}\\+\\?\\^\\$\\\\$,^c\\,d$',
  );
});
