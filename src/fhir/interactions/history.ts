// https://hl7.org/fhir/R4/http.html#history
import type { ResourceType, Stored } from '../store/store.ts';
import { type Call, type Handler, lastOf, type Pairs } from './call.ts';
import { countOf, instantOf, queryString } from './parameters.ts';
import { type Subset, subsetOf, textOf } from './subset.ts';

const q = JSON.stringify;

function entryOf(call: Call, stored: Stored, subset: Subset): string {
  const { type, id, version } = stored;
  const first = version === 1 && !stored.deleted;
  const method = stored.deleted ? 'DELETE' : first ? 'POST' : 'PUT';
  const status = stored.deleted ? '204 No Content' : first ? '201 Created' : '200 OK';
  const resource = stored.deleted ? '' : `"resource":${textOf(stored, subset)},`;
  return `{"fullUrl":${q(`${call.base}/${type}/${id}`)},${resource}"request":{"method":"${method}","url":${q(first ? type : `${type}/${id}`)}},"response":{"status":"${status}","etag":${q(`W/"${version}"`)},"lastModified":${q(stored.updated)}}}`;
}

export const link = (relation: string, url: string): string => `{"relation":"${relation}","url":${q(url)}}`;

async function page(call: Call, type: ResourceType | null, id: string | null): Promise<string> {
  const { query } = call;
  const subset = subsetOf(query);
  const at = instantOf(query, '_at');
  const ask = {
    count: countOf(query),
    since: instantOf(query, '_since'),
    ...(at && { at: { from: at, to: instantOf(query, '_at', true)! } }),
    cursor: lastOf(query, '_cursor'),
  };
  const { versions, next } = await call.store.history(type, id, ask);
  const path = `${call.base}/${[type, id, '_history'].filter(Boolean).join('/')}`;
  const used: Pairs = query.filter(([name]) => ['_count', '_since', '_at', '_summary', '_elements'].includes(name));
  const url = (cursor: string | undefined) => {
    const text = queryString(cursor === undefined ? used : [...used, ['_cursor', cursor]]);
    return text ? `${path}?${text}` : path;
  };
  const links = [link('self', url(ask.cursor)), ...(next === undefined ? [] : [link('next', url(next))])];
  const entries = versions.map((version) => entryOf(call, version, subset));
  return `{"resourceType":"Bundle","type":"history","link":[${links}]${entries.length > 0 ? `,"entry":[${entries}]` : ''}}`;
}

export const historyInstance: Handler = async (call) => ({ status: 200, text: await page(call, call.type, call.id) });
export const historyType: Handler = async (call) => ({ status: 200, text: await page(call, call.type, null) });
export const historySystem: Handler = async (call) => ({ status: 200, text: await page(call, null, null) });
