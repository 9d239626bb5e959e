namespace DeviceHarness.Assurance.Issues;

/// <summary>The octets of the exchange in which an attempt failed, as its evidence keeps them.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="StepName">The step's name.</param>
/// <param name="Octets">One line for all octets that go one way without a turn: when the first did, on which port, which way, which
/// octets; passwords are masked.</param>
/// <param name="Decode">The octets explained, one line a frame or field.</param>
/// <param name="LeftOut">How many lines of both are left out.</param>
public sealed record FailingExchange(
    int Step, string StepName, IReadOnlyList<string> Octets, IReadOnlyList<string> Decode, int LeftOut)
{
    /// <summary>The most lines of octets, and the most lines of explanation, that are shown: the last ones.</summary>
    public const int MaximumLines = 40;
}
