namespace DeviceHarness.Codecs.Zcl;

/// <summary>How many items or octets there are, by the value of an earlier field.</summary>
/// <param name="Field">The earlier field's name.</param>
/// <param name="Shift">By how many bits the value is shifted to the right.</param>
/// <param name="Mask">Which bits are left of it.</param>
internal sealed record LayoutCount(string Field, int Shift, ulong Mask)
{
    /// <summary>The number.</summary>
    public int Of(MessageContent content) => (int)Math.Min(int.MaxValue, (content.NumberAround(Field) >> Shift) & Mask);
}
