// What a shell is told so that it completes our commands and options: the tree of commands is the only statement of them.

import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** One command as shells complete it. */
interface Node {
  /** The words that lead to it, `order place`; empty: the program itself. */
  readonly path: string;
  readonly about: string;
  readonly under: readonly string[];
  readonly options: readonly { readonly flag: string; readonly about: string; readonly takes: boolean }[];
}

function nodesOf(command: Command, path = ''): readonly Node[] {
  const { options } = command;
  return [
    {
      path,
      about: command.description(),
      under: command.commands.map((one) => one.name()),
      options: [
        ...options.flatMap(({ long, description, required, optional }) =>
          long ? [{ flag: long, about: description, takes: required || optional }] : [],
        ),
        { flag: '--help', about: 'display help for command', takes: false },
      ],
    },
    ...command.commands.flatMap((one) => nodesOf(one, `${path} ${one.name()}`.trim())),
  ];
}

/** From one command to those below it: what leads on, and where to. */
function stepsOf(nodes: readonly Node[]): readonly { readonly from: string; readonly to: string }[] {
  return nodes.flatMap(({ path }) => {
    if (path === '') return [];
    const words = path.split(' ');
    return [{ from: `${words.slice(0, -1).join(' ')} ${words.at(-1)}`, to: path }];
  });
}

/** Commands and options that fit at a place, with what they are. */
function entriesOf(nodes: readonly Node[], { path, under, options }: Node): readonly (readonly [name: string, about: string])[] {
  const about = (name: string): string => nodes.find((one) => one.path === `${path} ${name}`.trim())?.about ?? '';
  return [...under.map((name) => [name, about(name)] as const), ...options.map((one) => [one.flag, one.about] as const)];
}

/** A text that a POSIX shell takes as one word. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The steps as `case` of a POSIX shell has them. */
const stepCases = (nodes: readonly Node[]): string =>
  stepsOf(nodes)
    .map(({ from, to }) => `      ${quoted(from)}) path=${quoted(to)} ;;`)
    .join('\n');

const writers: Readonly<Record<Shell, (nodes: readonly Node[]) => string>> = {
  bash: (nodes) => `# ibwire completion for bash: eval "$(ibwire completion bash)"
_ibwire() {
  local word path='' candidates
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
${stepCases(nodes)}
    esac
  done
  case "$path" in
${nodes
  .map((node) => {
    const names = entriesOf(nodes, node).map(([name]) => name);
    return `    ${quoted(node.path)}) candidates=${quoted(names.join(' '))} ;;`;
  })
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$candidates" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ibwire ibwire
`,
  zsh: (nodes) => `#compdef ibwire
# ibwire completion for zsh: ibwire completion zsh > "\${fpath[1]}/_ibwire"
_ibwire() {
  local word path='' -a candidates
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$path $word" in
${stepCases(nodes)}
    esac
  done
  case "$path" in
${nodes
  .map((node) => {
    const entries = entriesOf(nodes, node).map(([name, about]) => quoted(`${name}:${about.replaceAll(':', '\\:')}`));
    return `    ${quoted(node.path)}) candidates=(${entries.join(' ')}) ;;`;
  })
  .join('\n')}
  esac
  _describe 'ibwire' candidates || _files
}
(( $+functions[compdef] )) && compdef _ibwire ibwire
`,
  fish: (nodes) =>
    [
      '# ibwire completion for fish: ibwire completion fish > ~/.config/fish/completions/ibwire.fish',
      'function __ibwire_at',
      '  set -l path',
      '  for word in (commandline -opc)[2..]',
      '    switch "$path $word"',
      ...stepsOf(nodes).flatMap(({ from, to }) => [`      case ${quoted(from)}`, `        set path ${quoted(to)}`]),
      '    end',
      '  end',
      '  test "$path" = "$argv[1]"',
      'end',
      ...nodes.flatMap((node) => {
        const when = `complete -c ibwire -n ${quoted(`__ibwire_at ${quoted(node.path)}`)}`;
        const taking = new Set(node.options.filter(({ takes }) => takes).map(({ flag }) => flag));
        return entriesOf(nodes, node).map(([name, about]) => {
          const what = name.startsWith('--') ? `-l ${name.slice(2)}${taking.has(name) ? ' -r' : ''}` : `-f -a ${name}`;
          return `${when} ${what} -d ${quoted(about)}`;
        });
      }),
      '',
    ].join('\n'),
};

/** The script that a shell reads. */
export function completionScript(program: Command, shell: Shell): string {
  return writers[shell](nodesOf(program));
}
