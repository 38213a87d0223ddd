import { cloudError } from '../cloud-error.js';
import type { JsonFields } from '../control/json-fields.js';
import type { Strike } from '../strike.js';
import { errorReply, jsonType, type Reply } from '../wire/ending.js';
import type { EffectTable } from './effect.js';

const page = '<html><head><title>Gateway</title></head><body>The gateway has no answer for you.</body></html>';

/** Answers that a gateway or a proxy gives in the cloud's place. */
export const httpEffects: EffectTable = {
  /** Any status with an HTML page or nothing; `afterCommit` when the change was made. */
  status: {
    fields: ['status', 'body', 'stage'],
    strike: (fields) => {
      const status = fields.number('status', { min: 200, max: 599 });
      const isEmpty = fields.given('body', (name) => fields.choice(name, ['html', 'empty'])) === 'empty';
      return atStage(fields, () => plainReply(status, 'text/html', isEmpty ? '' : page));
    },
  },
  /** The API's own 5xx answers, which leave open whether the change was made: `stage` decides. */
  serverError: {
    fields: ['code', 'stage'],
    strike: (fields) => {
      const error = cloudError(fields.choice('code', ['InternalError', 'ServiceUnavailable']));
      return atStage(fields, (reply) => errorReply(error, '', reply?.headers['x-acs-request-id'] ?? ''));
    },
  },
  /** SDKs take it for a success without content. */
  redirect302: {
    fields: [],
    strike: () => ({
      before: { ...plainReply(302, jsonType, '{}'), headers: { location: 'http://127.0.0.1:9/portal' } },
    }),
  },
  okWithHtml: { fields: [], strike: () => ({ before: plainReply(200, 'text/html', page) }) },
  wrongContentType: {
    fields: [],
    strike: () => ({
      after: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/xml;charset=utf-8' } }),
    }),
  },
};

function atStage(fields: JsonFields, reply: (lost?: Reply) => Reply): Strike {
  const stage = fields.given('stage', (name) => fields.choice(name, ['beforeCommit', 'afterCommit']));
  return stage === 'afterCommit' ? { after: reply } : { before: reply() };
}

function plainReply(status: number, contentType: string, body: string): Reply {
  return { kind: 'reply', status, headers: { 'content-type': body === '' ? jsonType : contentType }, body };
}
