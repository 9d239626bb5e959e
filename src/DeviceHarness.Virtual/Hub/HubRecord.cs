using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Hub;

/// <summary>What a hub keeps without power.</summary>
internal sealed record HubRecord(
    IReadOnlyList<EventEntry> Events, IReadOnlyList<HanDevice> Devices, IReadOnlyList<HubAlert> Alerts, DateTimeOffset SavedAt);
