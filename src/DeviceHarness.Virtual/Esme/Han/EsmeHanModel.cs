using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Esme.Han;

/// <summary>The Smart Energy side of a virtual electricity meter.</summary>
public sealed record EsmeHanModel
{
    /// <summary>What it says of itself on the radio.</summary>
    public required HanModelIdentity Identity { get; init; }

    /// <summary>What the meter is where its bench has none of the name of the device on the radio: then it has no line.</summary>
    public required EsmeModel Meter { get; init; }
}
