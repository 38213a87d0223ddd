import { enisAsSeen, type ListingHint } from '../eni-book.js';
import { type FilterTable, fits } from '../filters.js';
import { numberedPage, pageAfterToken } from '../paging.js';
import { boundedList, clamped, list, optional, type Params, tags } from '../params.js';
import type { Eni } from '../world.js';
import type { Action } from './action.js';
import { listedEniJson } from './eni-json.js';

const maxIds = 100;

/** Shows what readers see by now; unknown ids are missing, which is no error. Filters are joined by AND. */
export const describeNetworkInterfaces: Action = {
  product: 'ecs',
  name: 'DescribeNetworkInterfaces',
  needsRegion: true,
  takesToken: false,
  run(world, params, at) {
    const matching = enisAsSeen(world, 'listed', at.nowMs, hintOf(params)).filter(matches(params));
    const { rows, ...paging } = page(matching, params);
    const shown = rows.filter(() => world.random.faults.next() >= (at.twist.missingRows ?? 0));
    return {
      NetworkInterfaceSets: { NetworkInterfaceSet: shown.map((eni) => listedEniJson(world, eni)) },
      ...paging,
      TotalCount: matching.length,
    };
  },
};

interface EniPage {
  readonly rows: readonly Eni[];
  readonly NextToken: string;
  readonly PageNumber: number;
  readonly PageSize: number;
}

function page(enis: readonly Eni[], params: Params): EniPage {
  if (params.has('PageNumber') || params.has('PageSize')) {
    const { rows, number, size } = numberedPage(enis, params, { max: 100, otherwise: 10 });
    return { rows, NextToken: '', PageNumber: number, PageSize: size };
  }
  const size = clamped(params, 'MaxResults', { min: 10, max: 500, otherwise: 10 });
  const { rows, nextToken } = pageAfterToken(enis, params, size, (eni) => eni.order);
  return { rows, NextToken: nextToken, PageNumber: 1, PageSize: size };
}

function hintOf(params: Params): ListingHint {
  const eniIds = boundedList(params, 'NetworkInterfaceId', maxIds);
  const instanceId = optional(params, 'InstanceId');
  return { ...(eniIds.length > 0 && { eniIds }), ...(instanceId !== undefined && { instanceId }) };
}

const filters: FilterTable<Eni> = {
  InstanceId: (eni) => eni.attachment?.instanceId,
  VpcId: (eni) => eni.vpcId,
  VSwitchId: (eni) => eni.vSwitchId,
  PrimaryIpAddress: (eni) => eni.primaryIp,
  Status: (eni) => eni.status,
  Type: (eni) => eni.type,
  NetworkInterfaceName: (eni) => eni.name,
  ResourceGroupId: (eni) => eni.resourceGroupId,
};

function matches(params: Params): (eni: Eni) => boolean {
  const ids = new Set(list(params, 'NetworkInterfaceId'));
  const ips = list(params, 'PrivateIpAddress');
  const wantedTags = Object.entries(tags(params));
  const groupId = optional(params, 'SecurityGroupId');
  const fitsOthers = fits(params, filters);
  return (eni) =>
    (ids.size === 0 || ids.has(eni.id)) &&
    fitsOthers(eni) &&
    (ips.length === 0 || ips.some((ip) => eni.ips.includes(ip))) &&
    (groupId === undefined || eni.securityGroupIds.includes(groupId)) &&
    wantedTags.every(([key, value]) => eni.tags[key] === value);
}
