export { type EniTraffic, type FabricTraffic } from './fabric/traffic.js';
export { Fabric } from './fabric/fabric.js';
export { type Eni, gatewayOf, prefixLengthOf, type Vpc, type VSwitch } from './fabric/vpc.js';
export { LabError, type LabErrorReason } from './lab-error.js';
export { parseNetworkList } from './pods/cni-config.js';
export { cniAdd, cniDel, CniError, type CniRuntime, type Sandbox } from './pods/cni-runtime.js';
export { ping, type PingOptions, type PingResult } from './pods/ping.js';
export { createPod, type Pod, podIp, type PodSpec, removePod } from './pods/pod.js';
export { Child, type ChildSpec } from './run/child.js';
export { type Command, type Ended, mustRun, type RunCommand, runCommand } from './run/command.js';
export { inNetns, ipBatch, netnsPath, nftTransaction } from './run/in-netns.js';
export { type LabNames, labNames } from './run/names.js';
export { configurePrimary, createNetns, removeNetns } from './run/netns.js';
export { claimRun, defaultStateDir, forgetRun, runVariable } from './run/run-state.js';
export { sweep, type SweepReport, sweepRun } from './run/sweep.js';
export { type CloudService, offerServices } from './lab/cloud-service.js';
export { installCni } from './lab/install-cni.js';
export { type CloudParts, linksOf, startCloud } from './lab/start-cloud.js';
export { type BootedNode, type StartedVpc, startVpc, type VpcParts } from './lab/start-vpc.js';
export { type LabNode, type LabVSwitch, planTopology, type Topology } from './lab/topology.js';
export { checkLab, type LabReport } from './lab/check-lab.js';
export {
  createPods,
  ipamSeenFromNodes,
  type Lab,
  type LabOptions,
  type LabParts,
  type LabPod,
  type RunningNode,
  startLab,
} from './lab/lab.js';
export { claimFolders, prepareMachine } from './lab/prepare-run.js';
export { startAgent } from './lab/start-agent.js';
export { unreached } from './report/ping-matrix.js';
export { silentProgress } from './report/progress.js';
export { processesWith } from './run/process-table.js';
export { labRequirements } from './run/requirements.js';
export { Children } from './run/children.js';
export { Teardown } from './run/teardown.js';
