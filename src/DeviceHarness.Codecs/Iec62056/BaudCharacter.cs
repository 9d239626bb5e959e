namespace DeviceHarness.Codecs.Iec62056;

/// <summary>The character Z that stands for a rate.</summary>
/// <remarks>
/// Spec: IEC 62056-21, baud rate identification of modes C and E: 0 to 6 are 300 to 19,200 baud. 7 to 9 are reserved; the rates in common
/// use for them are taken. Letters (mode B) and other characters (mode A) stand for no rate of modes C and E.
/// </remarks>
public static class BaudCharacter
{
    /// <summary>The rate at which a sign-on starts: 300 baud.</summary>
    public const int SignOnBaud = 300;

    /// <summary>The character of <see cref="SignOnBaud"/>.</summary>
    public const byte Slowest = (byte)'0';

    private static ReadOnlySpan<int> Rates => [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];

    /// <summary>The rate of a character.</summary>
    /// <param name="character">Z.</param>
    /// <param name="baud">Bits per second; 0 when it stands for none.</param>
    public static bool TryGetBaud(byte character, out int baud)
    {
        int index = character - Slowest;
        bool isRate = (uint)index < (uint)Rates.Length;
        baud = isRate ? Rates[index] : 0;
        return isRate;
    }

    /// <summary>The character of the fastest rate that is not above a limit.</summary>
    /// <param name="maximumBaud">The limit, in bits per second; at least 300.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 300.</exception>
    public static byte NotAbove(int maximumBaud)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBaud, SignOnBaud);
        int index = Rates.Length - 1;
        while (Rates[index] > maximumBaud)
        {
            index--;
        }

        return (byte)(Slowest + index);
    }
}
