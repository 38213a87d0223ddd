import type { AddressInput, NodeViewInput } from '@terway/api';
import type { Grant, NodeView } from '@terway/ipam-core';
import { gatewayOf } from '../gateway.js';

export function renderAddress({ address, eni }: Grant): AddressInput {
  return {
    ip: address.ip,
    term: address.term,
    eniId: eni.eniId,
    eniMac: eni.mac,
    vswitchId: eni.vSwitchId,
    vswitchCidr: eni.cidr,
    gateway: gatewayOf(eni.cidr),
    zoneId: eni.zoneId,
  };
}

export function renderView(view: NodeView): NodeViewInput {
  const { depart, departing, idle, ...flags } = view;
  return { ...flags, idle: idle.map(renderAddress), depart: [...depart], departing: [...departing] };
}
