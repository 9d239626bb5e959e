namespace DeviceHarness.TestKit;

/// <summary>How large a test is: the suite's count, or the large one of <c>./harness test --long</c>.</summary>
public static class TestSize
{
    /// <summary>Whether the large counts are wanted.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("HARNESS_LONG") == "1";

    /// <summary>The count for this run.</summary>
    public static int Of(int suite, int large) => IsLong ? large : suite;
}
