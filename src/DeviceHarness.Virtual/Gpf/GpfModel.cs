namespace DeviceHarness.Virtual.Gpf;

/// <summary>One virtual gas proxy function.</summary>
public sealed record GpfModel
{
    /// <summary>Its EUI-64.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>Its manufacturer, 1 to 32 characters.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Its model, 1 to 32 characters.</summary>
    public required string ModelName { get; init; }

    /// <summary>The version of its firmware: three or four numbers of 0 to 255.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>The name of the gas meter that it mirrors, as the adapter's file has it.</summary>
    public required string GasMeter { get; init; }

    /// <summary>The defects planted at the start.</summary>
    public GpfDefects Defects { get; init; }
}
