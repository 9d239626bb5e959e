using DeviceHarness.Codecs.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme.Logs;

/// <summary>What a meter noted at one moment.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Time">When; null for a meter that did not know the time.</param>
/// <param name="Registers">The registers; null when the meter has them no more.</param>
internal sealed record GasSnapshot(uint Id, DateTimeOffset? Time, MeterSnapshot? Registers);
