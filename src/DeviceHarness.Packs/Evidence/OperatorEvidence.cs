using System.Text.Json.Serialization;

namespace DeviceHarness.Packs.Evidence;

/// <summary>What the person at the bench was asked, and answered.</summary>
/// <param name="Asked">The question.</param>
/// <param name="Value">What was entered; empty when nothing was to be.</param>
/// <param name="By">Who answered.</param>
/// <param name="At">When, in UTC.</param>
public sealed record OperatorEvidence(string Asked, string Value, string By, DateTimeOffset At)
{
    /// <summary>The name of the piece of evidence that holds the picture; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Picture { get; init; }
}
