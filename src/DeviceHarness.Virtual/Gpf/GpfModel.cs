using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>One virtual gas proxy function.</summary>
public sealed record GpfModel
{
    /// <summary>What it says of itself.</summary>
    public required HanModelIdentity Identity { get; init; }

    /// <summary>The name of the gas meter that it mirrors, as the adapter's file has it.</summary>
    public required string GasMeter { get; init; }

    /// <summary>The defects planted at the start.</summary>
    public GpfDefects Defects { get; init; }
}
