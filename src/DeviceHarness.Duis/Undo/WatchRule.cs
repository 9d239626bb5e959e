using System.Text.Json;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>A state that no command of a case is meant to change and that one may change all the same: read before the first such command,
/// compared value by value when the case has ended. Nothing restores it.</summary>
/// <remarks>Of the answer everything counts but what moves by itself. A value that was not told before is none to go back to.</remarks>
internal sealed class WatchRule : UndoRule
{
    private readonly string[] _touchedBy;
    private readonly string[] _moving;

    /// <summary>Makes a rule.</summary>
    /// <param name="name">What the state is.</param>
    /// <param name="read">What reads it.</param>
    /// <param name="touchedBy">The variants that may change it beside what they are for.</param>
    /// <param name="moving">The values of the answer that move by themselves: where their paths begin.</param>
    public WatchRule(string name, SrvRequestBody read, string[] touchedBy, params string[] moving)
        : base(name, [], [read])
    {
        _touchedBy = touchedBy;
        _moving = [SrvResponseBody.MessageSuccessPath, .. moving];
    }

    /// <inheritdoc/>
    public override bool IsRestored => false;

    /// <inheritdoc/>
    public override int Turn => AfterAll;

    /// <inheritdoc/>
    public override bool Covers(SrvRequestBody command) => false;

    /// <inheritdoc/>
    public override bool IsTouchedBy(SrvRequestBody command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _touchedBy.Contains(command.ServiceReferenceVariant);
    }

    /// <inheritdoc/>
    public override string? StateBefore(UndoReadings readings, SrvRequestBody command) => StateIn(readings, _ => true);

    /// <inheritdoc/>
    public override string? StateOf(UndoReadings readings, string baseline) =>
        StateIn(readings, RequestText.Leaves(baseline).ContainsKey);

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) => [];

    /// <inheritdoc/>
    public override string Told(string state) => $"what {Reads[0].ServiceReferenceVariant} told";

    /// <inheritdoc/>
    public override string Difference(string state, string baseline) => $"is not as it was: {RequestText.Difference(state, baseline)}";

    private string? StateIn(UndoReadings readings, Func<string, bool> isMeant)
    {
        if (readings.Find<SrvResponseBody>() is not { } answer)
        {
            return null;
        }

        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach ((string path, string value) in answer.Values)
        {
            if (isMeant(path) && !_moving.Any(moving => path.StartsWith(moving, StringComparison.Ordinal)))
            {
                values[path] = value;
            }
        }

        return values.Count == 0 ? null : JsonSerializer.Serialize(values);
    }
}
