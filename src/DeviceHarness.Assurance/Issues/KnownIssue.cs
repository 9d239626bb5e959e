using System.Text.Json.Serialization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Issues;

/// <summary>A Testing Issue that is known from elsewhere, so that a failure which shows its signature is not new.</summary>
/// <remarks>What is known here fills in what an attempt does not know; what an attempt does know holds.</remarks>
public sealed record KnownIssue
{
    /// <summary>Its id, such as <c>110029</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What is known of it.</summary>
    public required string Description { get; init; }

    /// <summary>Where that is from, and how it was graded there.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the command has its effect.</summary>
    public EffectAchieved Effect { get; init; }

    /// <summary>Whether the outcome is reported right and in time.</summary>
    public OutcomeReported Outcome { get; init; }

    /// <summary>Whether its cause is known.</summary>
    public bool CauseKnown { get; init; }

    /// <summary>The accepted workaround; empty when there is none.</summary>
    public string Workaround { get; init; } = string.Empty;

    /// <summary>How far it reaches.</summary>
    public Spread Spread { get; init; }

    /// <summary>The phase in which it was found; empty when that is not known.</summary>
    public string EarlierPhase { get; init; } = string.Empty;

    /// <summary>The production defect that it is, or that it is one whose reference is not stated; empty when it is none.</summary>
    public string ProductionDefect { get; init; } = string.Empty;
}

/// <summary>Reads definitions without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IReadOnlyList<KnownIssue>))]
internal sealed partial class KnownIssueJson : JsonSerializerContext;
