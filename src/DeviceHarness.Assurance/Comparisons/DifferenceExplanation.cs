namespace DeviceHarness.Assurance.Comparisons;

/// <summary>A person's word on why the pass rates of two cycles differ; every one is kept.</summary>
/// <param name="First">The earlier cycle.</param>
/// <param name="Second">The later cycle.</param>
/// <param name="Text">The explanation; not empty.</param>
/// <param name="Who">Who gives it, with the forum; not empty.</param>
/// <param name="Time">When, in UTC.</param>
public sealed record DifferenceExplanation(string First, string Second, string Text, string Who, DateTimeOffset Time)
{
    /// <summary>Why it cannot be taken; empty when it can.</summary>
    public string WhyNot() => (Text.Length, Who.Length, First == Second) switch
    {
        (0, _, _) or (_, 0, _) => "an explanation needs its text and who gives it",
        (_, _, true) => "a cycle does not differ from itself",
        _ => string.Empty,
    };
}
