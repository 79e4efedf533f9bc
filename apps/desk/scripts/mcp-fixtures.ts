// What the conformance suite calls by names of its own, beside the tools of the desk: on the same server, through the same door.

import {
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  type McpServer,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';

/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** A head without sound. */
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

const text = (of: string): { type: 'text'; text: string } => ({ type: 'text', text: of });
const image = { type: 'image', data: PNG, mimeType: 'image/png' } as const;
const embedded = (uri: string, of: string): { type: 'resource'; resource: { uri: string; mimeType: string; text: string } } => ({
  type: 'resource',
  resource: { uri, mimeType: 'text/plain', text: of },
});
const asking = { type: 'object' as const, properties: { answer: { type: 'string' as const } }, required: ['answer'] };

function tools(server: McpServer): void {
  type Answer = CallToolResult | InputRequiredResult;
  const tool = (name: string, description: string, run: (context: ServerContext) => Answer | Promise<Answer>): void =>
    void server.registerTool(name, { description, inputSchema: z.object({}) }, (_, context) => run(context));
  tool('test_simple_text', 'A text', () => ({ content: [text('This is a simple text response for testing.')] }));
  tool('test_image_content', 'An image', () => ({ content: [image] }));
  tool('test_audio_content', 'A sound', () => ({ content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] }));
  tool('test_embedded_resource', 'A resource', () => ({
    content: [embedded('test://embedded-resource', 'This is an embedded resource content.')],
  }));
  tool('test_multiple_content_types', 'Three kinds', () => ({
    content: [
      text('Multiple content types test:'),
      image,
      embedded('test://mixed-content-resource', '{"test":"data","value":123}'),
    ],
  }));
  tool('test_error_handling', 'An error', () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  tool('test_tool_with_progress', 'Three steps', async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100])
      if (progressToken !== undefined)
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
    return { content: [text('done')] };
  });
  tool('test_missing_capability', 'Needs sampling', () =>
    inputRequired({
      inputRequests: {
        sample: inputRequired.createMessage({ messages: [{ role: 'user', content: text('?') }], maxTokens: 10 }),
      },
    }),
  );
  tool('test_streaming_elicitation', 'Asks', () =>
    inputRequired({ inputRequests: { answer: inputRequired.elicit({ mode: 'form', message: '?', requestedSchema: asking }) } }),
  );
  tool('test_logging_tool', 'Writes a line where it may', async ({ mcpReq }) => {
    await mcpReq.log('info', 'a line');
    return { content: [text('done')] };
  });
}

function prompts(server: McpServer): void {
  const says = (...content: readonly ReturnType<typeof text | typeof embedded>[]) => ({
    messages: content.map((one) => ({ role: 'user' as const, content: one })),
  });
  server.registerPrompt('test_simple_prompt', { description: 'A text' }, () =>
    says(text('This is a simple prompt for testing.')),
  );
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Two arguments', argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) },
    ({ arg1, arg2 }) => says(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A resource', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => says(embedded(resourceUri, 'Embedded resource content for testing.'), text('Look at it.')),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'An image' }, () => ({
    messages: [
      { role: 'user', content: image },
      { role: 'user', content: text('Look at it.') },
    ],
  }));
}

function resources(server: McpServer): void {
  const plain = { mimeType: 'text/plain' };
  server.registerResource('static-text', 'test://static-text', plain, ({ href: uri }) => ({
    contents: [{ uri, ...plain, text: 'This is the content of the static text resource.' }],
  }));
  server.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png' }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'image/png', blob: PNG }],
  }));
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    plain,
    ({ href: uri }, { id }) => ({
      contents: [
        { uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) },
      ],
    }),
  );
}

export function fixtures(server: McpServer): void {
  server.server.registerCapabilities({ logging: {} });
  tools(server);
  prompts(server);
  resources(server);
}
