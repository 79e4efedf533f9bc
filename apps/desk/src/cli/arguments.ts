// Words of the command line as values.

import { InvalidArgumentError } from 'commander';

/** @throws for anything but a number between the two. */
export const number =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`a number from ${least} to ${most}`);
    return value;
  };

/** `HOST:PORT`, or the port of this machine. */
export function gatewayOf(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?:(.+):)?(\d{1,5})$/.exec(text);
  if (found?.[2] === undefined) throw new InvalidArgumentError('HOST:PORT or PORT');
  return { host: found[1] ?? '127.0.0.1', port: Number(found[2]) };
}

export const words = (text: string): readonly string[] => text.split(',').filter((word) => word !== '');
