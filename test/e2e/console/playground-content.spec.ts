import { Buffer } from 'node:buffer';
import { chunk, DONE, frames, ROLE, USAGE } from '../../support/gateway/upstream.ts';
import { expect, expectAccessible } from './fixtures.ts';
import { answered, ask, messages, openPlayground, saying, test } from './playground-parts.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

interface Sent {
  readonly messages: readonly { readonly role: string; readonly content: unknown; readonly tool_calls?: unknown }[];
  readonly [field: string]: unknown;
}

const UNTRUSTED = [
  '## A *heading*',
  'A [link](https://example.com/a), a [trap](javascript:alert(1)), <img src="https://evil.example/x.png">',
  '![a picture](https://evil.example/y.png)',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '- [x] done',
  '```js\nconst one = 1;\n```',
].join('\n\n');

test('Markdown of a model is drawn, and nothing in it is trusted', async ({ window, upstream }) => {
  const asked: string[] = [];
  window.on('request', (request) => asked.push(new URL(request.url()).hostname));
  upstream.answer(saying(UNTRUSTED));
  await openPlayground(window, 'up/cheap');
  await ask(window, 'Show me');
  const said = messages(window);
  await expect(said.getByRole('heading', { name: 'A heading' })).toBeVisible();
  const link = said.getByRole('link', { name: 'link', exact: true });
  await expect(link).toHaveAttribute('rel', /noopener.*noreferrer/);
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(said.getByText('trap')).toBeVisible();
  await expect(said.getByRole('link')).toHaveText(['link', 'Image: a picture']);
  await expect(said.getByText('<img src="https://evil.example/x.png">')).toBeVisible();
  await expect(said.locator('img')).toHaveCount(0);
  await expect(said.getByRole('table')).toBeVisible();
  await expect(said.locator('.hljs-keyword')).toHaveText('const');
  await answered(window);
  await expectAccessible(window);
  await window.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await said.getByRole('button', { name: 'Copy code' }).click();
  expect(await window.evaluate(() => navigator.clipboard.readText())).toBe('const one = 1;\n');
  expect(new Set(asked)).toEqual(new Set(['127.0.0.1']));
});

test('images are picked and pasted, sent, and refused in words', async ({ window, upstream }) => {
  await openPlayground(window, 'up/cheap');
  await window.getByLabel('Images', { exact: true }).setInputFiles([
    { name: 'dot.png', mimeType: 'image/png', buffer: PIXEL },
    { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
  ]);
  const attached = window.getByRole('list', { name: 'Attached images' });
  await expect(attached.getByRole('listitem')).toContainText(['dot.png']);
  await expect(window.getByText('notes.pdf is not a PNG, JPEG, WebP or GIF.')).toBeVisible();
  await window.getByRole('textbox', { name: 'Message', exact: true }).evaluate((field, base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, PIXEL.toString('base64'));
  await expect(attached.getByRole('listitem')).toHaveCount(2);
  await attached.getByRole('button', { name: 'Remove pasted.png' }).click();
  await window.getByRole('region', { name: 'Conversation' }).evaluate((section) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['<svg/>'], 'dropped.svg', { type: 'image/svg+xml' }));
    for (const type of ['dragenter', 'drop']) {
      section.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
  await expect(window.getByText('dropped.svg is not a PNG, JPEG, WebP or GIF.')).toBeVisible();
  upstream.answer(saying('A dot.'));
  await ask(window, 'What is this?');
  await answered(window);
  await expect(messages(window).getByRole('img', { name: 'dot.png' })).toBeVisible();
  const sent = JSON.parse(String(upstream.requests.at(-1)?.body)) as Sent;
  expect(sent.messages[0]?.content).toEqual([
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL.toString('base64')}` } },
  ]);
});

test('a tool is defined, called, answered for, and the model goes on', async ({ window, upstream }) => {
  await openPlayground(window, 'up/cheap');
  await window.getByRole('button', { name: 'Add tool' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add a tool' });
  await dialog.getByRole('button', { name: 'Add tool' }).click();
  await expect(dialog.getByText('Use letters, digits, dash or underscore')).toBeVisible();
  await dialog.getByRole('button', { name: 'Fill in an example' }).click();
  await dialog.getByRole('textbox', { name: 'Arguments' }).fill('{"type": "object"');
  await expect(dialog.getByText(/^Not JSON yet/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Arguments' }).fill('{"type":"object","properties":{}}');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Add tool' }).click();
  await expect(dialog).toBeHidden();

  const call = { index: 0, id: 'call_9', type: 'function', function: { name: 'get_weather', arguments: '{"city":' } };
  upstream.answer(
    frames([
      ROLE,
      chunk({ tool_calls: [call] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] }),
      chunk({}, {}, 'tool_calls'),
      USAGE,
      DONE,
    ]),
  );
  await ask(window, 'Weather?');
  await expect(messages(window)).toContainText('"city": "Oslo"');
  const result = messages(window).getByRole('textbox', { name: 'Result of get_weather' });
  await expect(result).toHaveValue('{"celsius": 21, "sky": "clear"}');
  await result.fill('-4');
  upstream.answer(saying('Cold.'));
  await messages(window).getByRole('button', { name: 'Send the result' }).click();
  await expect(messages(window).getByText('Cold.')).toBeVisible();
  await answered(window);
  const [first, second] = upstream.requests.map(({ body }) => JSON.parse(String(body)) as Sent);
  expect(first?.tools).toEqual([
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather in a city now.',
        parameters: { type: 'object', properties: {} },
      },
    },
  ]);
  expect(second?.messages.slice(1)).toEqual([
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_9', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }],
    },
    { role: 'tool', tool_call_id: 'call_9', content: '-4' },
  ]);
  await expectAccessible(window);
});

test('system text, parameters, a mode and a schema are sent; the answer is checked', async ({ window, upstream }) => {
  await openPlayground(window, 'auto:latency');
  const options = window.getByRole('region', { name: 'Options' });
  await options.getByRole('textbox', { name: 'System prompt' }).fill('Be brief.');
  await options.getByRole('textbox', { name: 'Temperature' }).fill('0.3');
  await options.getByRole('textbox', { name: 'Seed' }).fill('7');
  await options.getByRole('textbox', { name: 'Max tokens' }).fill('50');
  await options.getByRole('combobox', { name: 'Stop at' }).fill('END');
  await window.keyboard.press('Enter');
  await options.getByRole('combobox', { name: 'Project' }).fill('acme');
  await options.getByRole('radiogroup', { name: 'Answer format' }).getByText('JSON schema').click();
  upstream.answer(saying('{"title": "x", ', '"tags": [1]}'));
  await ask(window, 'A title?');
  await expect(messages(window).getByText('JSON that does not fit the schema')).toBeVisible();
  await expect(messages(window)).toContainText('tags.0:');
  await answered(window);
  await expectAccessible(window);
  const sent = JSON.parse(String(upstream.requests.at(-1)?.body)) as Sent;
  expect(sent).toMatchObject({ temperature: 0.3, seed: 7, max_tokens: 50, stop: ['END'] });
  expect(sent.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
  expect(sent.response_format).toMatchObject({ type: 'json_schema', json_schema: { name: 'answer', strict: true } });
  await messages(window).getByRole('button', { name: 'Trace' }).click();
  const trace = window.getByRole('dialog', { name: 'Trace' });
  await expect(trace).toContainText('mode latency');
  await trace.getByRole('button', { name: 'Open the request' }).click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText('acme');
  await window.keyboard.press('Escape');

  upstream.answer(saying('{"title": "x", "tags": ["a"]}'));
  await messages(window).getByRole('button', { name: 'Try again' }).click();
  await expect(messages(window).getByText('JSON that fits the schema')).toBeVisible();
});
