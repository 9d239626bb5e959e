namespace DeviceHarness.Codecs.Ash;

/// <summary>What is said about reset and error codes.</summary>
public static class AshResetCodes
{
    private const byte FirstOfChip = 0x80;

    /// <summary>The code in words, with its number.</summary>
    /// <param name="code">The code; every value is accepted.</param>
    public static string Describe(this AshResetCode code)
    {
        string words = code switch
        {
            AshResetCode.Unknown => "unknown reason",
            AshResetCode.External => "reset pin",
            AshResetCode.PowerOn => "power-on",
            AshResetCode.Watchdog => "watchdog",
            AshResetCode.Assert => "assertion failed",
            AshResetCode.Bootloader => "bootloader",
            AshResetCode.Software => "software reset",
            AshResetCode.TooManyAckTimeouts => "too many acknowledgements missing",
            _ when (byte)code >= FirstOfChip => "chip fault or crash",
            _ => "unlisted code",
        };
        return $"{words} ({(byte)code:X2})";
    }
}
