// Files through the server: the browser gets them under the page's own cookie.

export function download(
  what: 'positions' | 'fills' | 'bars',
  format: 'csv' | 'parquet',
  account: string | undefined,
  more: Readonly<Record<string, string>> = {},
): void {
  const query = new URLSearchParams({ ...(account === undefined ? {} : { account }), ...more });
  const link = document.createElement('a');
  link.href = `/files/${what}.${format}?${query}`;
  link.download = `${what}.${format}`;
  link.click();
}
