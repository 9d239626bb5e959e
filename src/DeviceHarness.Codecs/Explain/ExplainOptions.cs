namespace DeviceHarness.Codecs.Explain;

/// <summary>How octets are explained.</summary>
/// <param name="Layer">What they are.</param>
/// <param name="Keys">What is tried on ciphered APDUs; null to decipher none.</param>
/// <param name="Cluster">The cluster of a ZCL frame or ZDO message; null when it is not known.</param>
public sealed record ExplainOptions(
    ExplainLayer Layer = ExplainLayer.Automatic, DecipheringKeys? Keys = null, ushort? Cluster = null)
{
    /// <summary>By their beginning, without keys.</summary>
    public static ExplainOptions Default { get; } = new();
}
