import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** What the kit says it cannot do, and why. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly answer: Record<string, unknown> = {}
  ) {
    super(message);
  }
}

export type Values = Record<string, unknown>;

/**
 * What the desk's server answers at an address below `/casebook/`: read with `query`, or asked with `body`.
 * `Refused` has the kit's words where it cannot.
 */
export async function ask<T>(
  name: string,
  query: Record<string, string> = {},
  body?: Values,
  signal?: AbortSignal
): Promise<T> {
  const settings = ServerConnection.makeSettings();
  const address =
    URLExt.join(settings.baseUrl, 'casebook', name) +
    URLExt.objectToQueryString(query);
  const request: RequestInit = body
    ? { method: 'POST', body: JSON.stringify(body), signal }
    : { signal };
  const response = await ServerConnection.makeRequest(
    address,
    request,
    settings
  );
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(
      answer.message ?? response.statusText,
      response.status,
      answer
    );
  }
  return answer as T;
}
