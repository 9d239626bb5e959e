namespace DeviceHarness.Virtual.Gsme;

/// <summary>Why a snapshot is taken, a bit each.</summary>
/// <remarks>Source: Metering snapshot causes, as this harness's ZigBee guide 8.3 lists them.</remarks>
internal static class GasSnapshotCauses
{
    public const uint General = 0x0000_0001;
    public const uint EndOfBilling = 0x0000_0002;
    public const uint Tariff = 0x0000_0008;
    public const uint PriceMatrix = 0x0000_0010;
    public const uint CalorificValue = 0x0000_0040;
    public const uint ConversionFactor = 0x0000_0080;
    public const uint Manual = 0x0000_0400;
    public const uint Tenancy = 0x0000_1000;
    public const uint Supplier = 0x0000_2000;
    public const uint Mode = 0x0000_4000;

    /// <summary>All causes that there are: bits 0 to 17.</summary>
    public const uint Known = 0x0003_FFFF;
}
