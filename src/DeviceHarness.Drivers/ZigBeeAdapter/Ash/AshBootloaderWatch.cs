namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>Finds the greeting of the chip's bootloader in what comes, in any pieces.</summary>
/// <remarks>Its first letter comes once in it, so that a failed match begins anew with the octet that broke it.</remarks>
internal sealed class AshBootloaderWatch
{
    private int _matched;

    private static ReadOnlySpan<byte> Greeting => "Gecko Bootloader"u8;

    /// <summary>Takes octets; true when the greeting ended in them.</summary>
    internal bool IsIn(ReadOnlySpan<byte> octets)
    {
        bool isFound = false;
        foreach (byte octet in octets)
        {
            _matched = octet == Greeting[_matched] ? _matched + 1 : octet == Greeting[0] ? 1 : 0;
            if (_matched == Greeting.Length)
            {
                _matched = 0;
                isFound = true;
            }
        }

        return isFound;
    }

    /// <summary>Begins anew.</summary>
    internal void Clear() => _matched = 0;
}
