namespace DeviceHarness.Codecs.Security;

/// <summary>What follows from a security suite.</summary>
public static class SecuritySuiteFacts
{
    /// <summary>The length of a key of suites 0 and 1, in octets.</summary>
    public const int ShortKeyOctets = 16;

    /// <summary>The length of a key of suite 2, in octets.</summary>
    public const int LongKeyOctets = 32;

    /// <summary>How long the suite's keys are, in octets.</summary>
    /// <param name="suite">The suite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The suite is none of the three.</exception>
    public static int KeyOctets(this SecuritySuite suite) => suite switch
    {
        SecuritySuite.Suite0 or SecuritySuite.Suite1 => ShortKeyOctets,
        SecuritySuite.Suite2 => LongKeyOctets,
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite, "a suite is 0, 1 or 2"),
    };
}
