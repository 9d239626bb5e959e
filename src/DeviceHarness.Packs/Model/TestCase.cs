using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Model;

/// <summary>One case of a pack.</summary>
public sealed class TestCase
{
    /// <summary>The case's id, unique in its pack, such as <c>SMK-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The row of data that the case was made for; null when it is written for itself.</summary>
    public CaseRow? Row { get; init; }

    /// <summary>The pack that the case was taken in from, with its version, such as <c>firmware 1.0</c>; empty for a case of the pack's
    /// own.</summary>
    public required string Source { get; init; }

    /// <summary>The device roles of the pack that the case is written in, in file order: an included case binds its devices as its own pack
    /// does.</summary>
    public required IReadOnlyList<DeviceNeed> Needs { get; init; }

    /// <summary>The values of the parameters of the pack that the case is written in, by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Words by which cases are chosen; none when it has none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>One line that says what the case shows.</summary>
    public required string Title { get; init; }

    /// <summary>The role of the device under test.</summary>
    public required string Device { get; init; }

    /// <summary>The service reference variant that the case is about, such as <c>4.1.1</c>.</summary>
    public required string ServiceReferenceVariant { get; init; }

    /// <summary>Whether the case may be run again by itself.</summary>
    public required RepeatPolicy Repeat { get; init; }

    /// <summary>How long the steps may take together; clean-up has a time of its own.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>What must hold before the first step; otherwise the attempt is Blocked.</summary>
    public required IReadOnlyList<Precondition> Preconditions { get; init; }

    /// <summary>The steps, in order; the first that does not pass ends them, unless it is missed and says to go on.</summary>
    public required IReadOnlyList<PackStep> Steps { get; init; }

    /// <summary>The steps that put back what the case changed: all of them run, however the case ended.</summary>
    public required IReadOnlyList<PackStep> Cleanup { get; init; }

    /// <summary>The known issue that a certain pattern of met and missed steps stands for; null when the case looks for none.</summary>
    public IssueSignature? Signature { get; init; }

    /// <summary>How it is known whether the effect was achieved and its outcome reported right; what it leaves out is unknown.</summary>
    public Assessment Assessment { get; init; } = Assessment.None;

    /// <summary>The versions that the case takes its device under test between; null when it leaves the version as it is, or does not
    /// say.</summary>
    public ImagePair? Firmware { get; init; }

    /// <summary>Where the case comes from: specification clauses and process documents.</summary>
    public required IReadOnlyList<string> SourceRefs { get; init; }

    /// <summary>The roles of all devices that the case uses, the device under test first.</summary>
    public IReadOnlyList<string> DeviceRoles =>
        [.. Steps.Concat(Cleanup).SelectMany(step => step.DeviceRoles).Prepend(Device)
            .Concat(Preconditions.Select(precondition => precondition.DeviceRole)).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether an id means the case: its own, or the one that the pack writes for a case of each row.</summary>
    public bool IsCalled(string id) => Id == id || Row?.CaseId == id;

    /// <summary>Whether a step of the case, clean-up left aside, is meant to reach a device.</summary>
    public bool TouchesDevice => Steps.Any(step => step.TouchesDevice);
}

/// <summary>Whether a case may be run again by itself.</summary>
public enum RepeatPolicy
{
    /// <summary>It may.</summary>
    Allowed,

    /// <summary>Never without a person: the case is unsafe to repeat.</summary>
    Never,
}

/// <summary>What must hold of a device before a case begins.</summary>
/// <param name="DeviceRole">The device's role.</param>
/// <param name="Status">The status that the Smart Metering Inventory must hold.</param>
public sealed record Precondition(string DeviceRole, DeviceStatus Status);
