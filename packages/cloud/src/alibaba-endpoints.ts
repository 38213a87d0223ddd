/** Where the two products answer. Hosts may carry a port. */
export interface CloudEndpoints {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly ecs: string;
  readonly vpc: string;
}

export interface EndpointChoice {
  readonly regionId: string;
  /** `vpc`: hosts that only answer inside the cloud, the default. `public`: over the internet. */
  readonly network?: 'vpc' | 'public' | undefined;
  /** One origin for both products, for example `http://127.0.0.1:19080`; goes before everything else. */
  readonly cloudEndpoint?: string | undefined;
  /** A host of its own for one product, as special regions need it. */
  readonly ecs?: string | undefined;
  readonly vpc?: string | undefined;
}

/** Public hosts that do not follow the rule `<product>.<region>.aliyuncs.com`; as in the endpoint maps of the SDKs. */
const publicExceptions: Readonly<Record<string, { readonly ecs: string; readonly vpc: string }>> = {
  'cn-hangzhou': { ecs: 'ecs-cn-hangzhou.aliyuncs.com', vpc: 'vpc.aliyuncs.com' },
};

/** @throws RangeError when a field cannot be an endpoint */
export function endpointsOf(choice: EndpointChoice): CloudEndpoints {
  if (choice.cloudEndpoint !== undefined) return endpointsAt(choice.cloudEndpoint);
  const rule = choice.network === 'public' ? publicEndpoints(choice.regionId) : vpcEndpoints(choice.regionId);
  return { protocol: 'HTTPS', ecs: choice.ecs ?? rule.ecs, vpc: choice.vpc ?? rule.vpc };
}

function endpointsAt(origin: string): CloudEndpoints {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const protocol = url?.protocol === 'http:' ? 'HTTP' : url?.protocol === 'https:' ? 'HTTPS' : undefined;
  if (url === undefined || protocol === undefined || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new RangeError(`cloud endpoint: expected http(s)://HOST[:PORT], got ${origin}`);
  }
  return { protocol, ecs: url.host, vpc: url.host };
}

function publicEndpoints(regionId: string): { readonly ecs: string; readonly vpc: string } {
  return (
    publicExceptions[checkedRegion(regionId)] ?? {
      ecs: `ecs.${regionId}.aliyuncs.com`,
      vpc: `vpc.${regionId}.aliyuncs.com`,
    }
  );
}

function vpcEndpoints(regionId: string): { readonly ecs: string; readonly vpc: string } {
  const region = checkedRegion(regionId);
  return { ecs: `ecs-vpc.${region}.aliyuncs.com`, vpc: `vpc-vpc.${region}.aliyuncs.com` };
}

function checkedRegion(regionId: string): string {
  if (/^[a-z0-9-]+$/.test(regionId)) return regionId;
  throw new RangeError(`region: expected an id such as cn-hangzhou, got ${regionId === '' ? 'nothing' : regionId}`);
}
