import { expect, test } from 'vitest';
import { createOutsideLinks } from '../../../electron/window/outside-links.ts';

function links() {
  const opened: string[] = [];
  const failures: unknown[] = [];
  const questions: { url: string; answer: PromiseWithResolvers<boolean> }[] = [];
  const { follow } = createOutsideLinks({
    open: async (url) => void opened.push(url),
    ask: (url) => {
      const answer = Promise.withResolvers<boolean>();
      questions.push({ url, answer });
      return answer.promise;
    },
    failed: (error) => failures.push(error),
  });
  return { follow, opened, failures, questions };
}

test('a known place opens at once', () => {
  const { follow, opened, questions } = links();
  expect(follow('https://github.com/anything')).toBe(true);
  expect(opened).toEqual(['https://github.com/anything']);
  expect(questions).toEqual([]);
});

test('any other page is asked about, one at a time, and opened only when wanted', async () => {
  const { follow, opened, questions } = links();
  expect(follow('https://example.com/a')).toBe(true);
  expect(follow('https://example.com/b')).toBe(false);
  questions[0]?.answer.resolve(false);
  await expect.poll(() => follow('https://example.com/c')).toBe(true);
  expect(questions.map(({ url }) => url)).toEqual(['https://example.com/a', 'https://example.com/c']);
  expect(opened).toEqual([]);
  questions[1]?.answer.resolve(true);
  await expect.poll(() => opened).toEqual(['https://example.com/c']);
});

test('a question that fails is told and blocks no later one', async () => {
  const { follow, failures, questions } = links();
  follow('https://example.com/a');
  questions[0]?.answer.reject(new Error('no dialog'));
  await expect.poll(() => failures).toEqual([new Error('no dialog')]);
  expect(follow('https://example.com/b')).toBe(true);
});

test.each([
  'http://github.com/',
  'file:///etc/passwd',
  'javascript:1',
  'https://github.com@evil.example/',
  'https://:x@example.com/',
  'x',
])('%s is refused without a question', (url) => {
  const { follow, opened, questions } = links();
  expect(follow(url)).toBe(false);
  expect([...opened, ...questions]).toEqual([]);
});
