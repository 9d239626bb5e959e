namespace DeviceHarness.Codecs.Iec62056;

/// <summary>The block check character.</summary>
/// <remarks>
/// Spec: IEC 62056-21, block check character (ISO/IEC 1155): the exclusive or of every character after the first SOH or STX, up to and
/// including the ETX or EOT.
/// </remarks>
public static class BlockCheck
{
    /// <summary>Computes it.</summary>
    /// <param name="characters">What it covers.</param>
    /// <returns>0 to 7F for seven-bit characters.</returns>
    public static byte Compute(ReadOnlySpan<byte> characters)
    {
        byte check = 0;
        foreach (byte character in characters)
        {
            check ^= character;
        }

        return check;
    }
}
