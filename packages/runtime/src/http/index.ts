export {
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResponse,
  type HttpStream,
  type HttpStreamRequest,
  type HttpTls,
  createHttpClient,
} from './http-client.js';
export { HttpError, type HttpErrorKind } from './http-error.js';
export { nextLink } from './next-link.js';
export { parseRetryAfter } from './retry-after.js';
