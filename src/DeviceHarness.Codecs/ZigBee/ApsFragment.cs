namespace DeviceHarness.Codecs.ZigBee;

/// <summary>The extended header of a fragment.</summary>
/// <remarks>Spec: ZigBee specification, APS extended header.</remarks>
/// <param name="IsFirst">True for the first fragment.</param>
/// <param name="Block">Of the first fragment how many there are, of another its number.</param>
public readonly record struct ApsFragment(bool IsFirst, byte Block)
{
    /// <summary>Of an acknowledgement, which fragments of the window came; null in data.</summary>
    public byte? Received { get; init; }
}
