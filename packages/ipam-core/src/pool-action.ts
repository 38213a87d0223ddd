/** One change that a plan asks for; the executor writes an intent for each that reaches the cloud. */
export type PoolAction =
  | { readonly kind: 'assign'; readonly eniId: string; readonly count: number }
  | { readonly kind: 'create-eni'; readonly vSwitchId: string; readonly secondaryAddresses: number }
  | { readonly kind: 'cancel-departure'; readonly ips: readonly string[] }
  | { readonly kind: 'depart'; readonly ips: readonly string[] }
  | { readonly kind: 'unassign'; readonly eniId: string; readonly ips: readonly string[] }
  | { readonly kind: 'remove-eni'; readonly eniId: string };

/** At most so many addresses in one Assign or Unassign call. */
export const addressesPerCall = 10;
/** At most so many secondary addresses in one Create call. */
export const secondariesPerCreate = 49;
/** At most so many ENIs of one instance on their way to it. */
export const attachesAtOnce = 5;
