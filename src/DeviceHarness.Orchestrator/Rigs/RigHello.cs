using DeviceHarness.Store;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>What a rig says when it connects, read and checked.</summary>
/// <param name="Record">What it says of itself.</param>
/// <param name="Devices">Its devices as they came, with the settings of their adapters.</param>
/// <param name="Held">The attempts of which its journal holds events.</param>
internal sealed record RigHello(RigRecord Record, IReadOnlyList<V1.Device> Devices, IReadOnlyList<HeldAttempt> Held);
