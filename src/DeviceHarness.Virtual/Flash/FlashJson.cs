using System.Text.Json.Serialization;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Security;
using DeviceHarness.Virtual.ZigBee.Hub;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.Flash;

/// <summary>What a virtual device writes as JSON. Compiled, since finding it out at each start took a third of the bench's start.</summary>
[JsonSerializable(typeof(MeterRecord))]
[JsonSerializable(typeof(HubRecord))]
[JsonSerializable(typeof(GasRecord))]
[JsonSerializable(typeof(SecurityRecord))]
[JsonSerializable(typeof(ImageRecord))]
[JsonSerializable(typeof(CommandRecord))]
[JsonSerializable(typeof(SupplyReading))]
[JsonSerializable(typeof(NcpTokenRecord))]
[JsonSerializable(typeof(UpgradeRecord))]
[JsonSerializable(typeof(HanHubRecord))]
internal sealed partial class FlashJson : JsonSerializerContext;
