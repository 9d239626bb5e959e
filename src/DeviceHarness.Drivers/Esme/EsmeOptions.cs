using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Esme;

/// <summary>What an electricity meter's driver needs.</summary>
public sealed record EsmeOptions : DlmsDriverOptions
{
    /// <summary>Is told where a firmware delivery or activation stands; null when nobody wants to know.</summary>
    public IProgress<FirmwareProgress>? FirmwareProgress { get; init; }

    /// <summary>Is awaited at the moments of a firmware delivery or activation; null when nobody is.</summary>
    public IFirmwareMoments? FirmwareMoments { get; init; }
}
