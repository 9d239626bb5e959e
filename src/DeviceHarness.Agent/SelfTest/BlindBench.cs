namespace DeviceHarness.Agent.SelfTest;

/// <summary>A bench on which a seed has switched on one defect, or none. Who runs cases on it, and who judges them, does not learn
/// which: only <see cref="Reveal"/> tells, afterwards.</summary>
public sealed class BlindBench
{
    private readonly DefectSwitch? _planted;

    /// <summary>Has the seed choose.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="choices">What it chooses from; none at all is as likely as each of these.</param>
    public BlindBench(int seed, IReadOnlyList<DefectSwitch> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        int choice = new Random(seed).Next(choices.Count + 1);
        _planted = choice == choices.Count ? null : choices[choice];
    }

    /// <summary>Has the seed choose from the defects that some case catches.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="matrix">What catches which.</param>
    public static BlindBench OfCaught(int seed, DetectionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new BlindBench(seed, [.. matrix.Rows.Where(row => row.Marks.Count > 0).Select(row => row.Defect)]);
    }

    /// <summary>Runs cases on it.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <returns>The outcomes, in the order of the cases.</returns>
    public Task<IReadOnlyList<SelfTestOutcome>> RunAsync(IReadOnlyList<SelfTestCase> cases, CancellationToken cancellationToken) =>
        SelfTestSuite.RunAllAsync(cases, _planted, cancellationToken);

    /// <summary>The bench's own record of what was switched on; null for nothing.</summary>
    public DefectSwitch? Reveal() => _planted;
}
