import * as actions from './alibaba-actions.js';
import { AlibabaOpenApi, type OpenApiSettings } from './alibaba-openapi.js';
import type {
  AssignAddresses,
  CloudApi,
  CloudEni,
  CloudInstance,
  CloudInstanceType,
  CloudVSwitch,
  CreateEni,
  EniFilter,
  EniOnInstance,
  UnassignAddresses,
} from './cloud-api.js';
import type { Outcome } from './outcome.js';
import { allPages } from './pages.js';

export interface AlibabaCloudSettings extends OpenApiSettings, actions.ActionContext {}

/** Ids that one listing of ENIs takes. */
const idsPerListing = 100;

/**
 * The cloud port over Alibaba Cloud's ECS and VPC products. The deadline holds for each request, so a listing of many
 * pages ends at the signal.
 */
export class AlibabaCloud implements CloudApi {
  private readonly openApi: AlibabaOpenApi;

  /** @throws RangeError when a bound is out of range */
  constructor(private readonly settings: AlibabaCloudSettings) {
    this.openApi = new AlibabaOpenApi(settings);
  }

  createEni(call: CreateEni, signal: AbortSignal): Promise<Outcome<CloudEni>> {
    return this.openApi.call(actions.createEni(this.settings, call), signal);
  }

  attachEni(call: EniOnInstance, signal: AbortSignal): Promise<Outcome<void>> {
    return this.openApi.call(actions.attachEni(this.settings, call), signal);
  }

  detachEni(call: EniOnInstance, signal: AbortSignal): Promise<Outcome<void>> {
    return this.openApi.call(actions.detachEni(this.settings, call), signal);
  }

  deleteEni(call: { readonly eniId: string }, signal: AbortSignal): Promise<Outcome<void>> {
    return this.openApi.call(actions.deleteEni(this.settings, call.eniId), signal);
  }

  assignAddresses(call: AssignAddresses, signal: AbortSignal): Promise<Outcome<readonly string[]>> {
    return this.openApi.call(actions.assignAddresses(this.settings, call), signal);
  }

  unassignAddresses(call: UnassignAddresses, signal: AbortSignal): Promise<Outcome<void>> {
    return this.openApi.call(actions.unassignAddresses(this.settings, call), signal);
  }

  async listEnis(filter: EniFilter, signal: AbortSignal): Promise<Outcome<readonly CloudEni[]>> {
    const { eniIds } = filter;
    if (eniIds === undefined) return this.enisOf(filter, signal);
    const found: CloudEni[] = [];
    let requestId = '';
    for (let from = 0; from < eniIds.length; from += idsPerListing) {
      const some = await this.enisOf({ ...filter, eniIds: eniIds.slice(from, from + idsPerListing) }, signal);
      if (some.kind !== 'done') return some;
      found.push(...some.value);
      ({ requestId } = some);
    }
    return { kind: 'done', value: found, requestId };
  }

  listInstances(instanceIds: readonly string[], signal: AbortSignal): Promise<Outcome<readonly CloudInstance[]>> {
    return this.listing(
      instanceIds,
      (cursor) => this.openApi.call(actions.describeInstances(this.settings, instanceIds, cursor), signal),
      (instance) => instance.instanceId,
    );
  }

  listInstanceTypes(types: readonly string[], signal: AbortSignal): Promise<Outcome<readonly CloudInstanceType[]>> {
    return this.listing(
      types,
      (cursor) => this.openApi.call(actions.describeInstanceTypes(types, cursor), signal),
      (type) => type.instanceType,
    );
  }

  listVSwitches(vpcId: string, signal: AbortSignal): Promise<Outcome<readonly CloudVSwitch[]>> {
    return allPages(
      (cursor) => this.openApi.call(actions.describeVSwitches(this.settings, vpcId, cursor), signal),
      (vSwitch) => vSwitch.vSwitchId,
    );
  }

  private enisOf(filter: EniFilter, signal: AbortSignal): Promise<Outcome<readonly CloudEni[]>> {
    return allPages(
      (cursor) => this.openApi.call(actions.describeEnis(this.settings, filter, cursor), signal),
      (eni) => eni.eniId,
    );
  }

  /** An empty list of ids asks for nothing; on the wire it would vanish and ask for everything. */
  private listing<T>(
    ids: readonly string[],
    fetch: Parameters<typeof allPages<T>>[0],
    idOf: (row: T) => string,
  ): Promise<Outcome<readonly T[]>> {
    if (ids.length === 0) return Promise.resolve({ kind: 'done', value: [], requestId: '' });
    return allPages(fetch, idOf);
  }
}
