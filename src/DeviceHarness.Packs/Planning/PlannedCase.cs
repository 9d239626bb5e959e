using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Planning;

/// <summary>What a run would do for one case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Budget">How long its steps may take together.</param>
/// <param name="IsUnsafeToRepeat">Whether it is never repeated without a person.</param>
/// <param name="Missing">What the bench lacks for it, or why its device is in quarantine; empty when nothing, or when the bench is not
/// known.</param>
/// <param name="Devices">The devices that it uses, the one under test first.</param>
/// <param name="Steps">Its steps, clean-up last.</param>
public sealed record PlannedCase(
    string Id, string Title, TimeSpan Budget, bool IsUnsafeToRepeat, string Missing, IReadOnlyList<PlannedDevice> Devices,
    IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>How many requests it sends at most, clean-up with it.</summary>
    public int Requests => Steps.Where(step => step.Kind == RequestStep.Key).Sum(step => step.Rounds);

    /// <summary>How long it is likely to take, clean-up with it, as far as that is known.</summary>
    public TimeSpan Expected => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Estimate.Duration);
}

/// <summary>A device that a case uses.</summary>
/// <param name="Role">Its role in the pack.</param>
/// <param name="DeviceType">Its DUIS device type.</param>
/// <param name="Device">Its name in the rig file; empty when the bench is not known, or has none.</param>
public sealed record PlannedDevice(string Role, string DeviceType, string Device);

/// <summary>One step that a case would do.</summary>
/// <param name="Number">Its number, from 1; clean-up is counted by itself.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The key that makes it, such as <c>request</c>.</param>
/// <param name="Srv">The service reference variant that it sends; empty when it sends none.</param>
/// <param name="Role">The User Role that sends it; empty when it sends none.</param>
/// <param name="Target">The role of its target, or an EUI-64; empty when it sends none.</param>
/// <param name="Change">What it does to its device beyond the test.</param>
/// <param name="When">When it runs.</param>
/// <param name="OnMiss">What it means when it is missed.</param>
/// <param name="IsCleanup">Whether it belongs to clean-up.</param>
public sealed record PlannedStep(
    int Number, string Name, string Kind, string Srv, string Role, string Target, StepChange Change, StepWhen When, StepMiss OnMiss,
    bool IsCleanup)
{
    /// <summary>How long it is likely to take.</summary>
    public StepEstimate Estimate { get; init; } = StepEstimate.None;

    /// <summary>How long it may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Whether it delivers or activates firmware.</summary>
    public bool IsFirmware => Srv is "11.1" or "11.3" or "11.4";

    /// <summary>Whether it is likely to take longer than it may.</summary>
    public bool OutlastsTimeout => Estimate.Source is EstimateSource.Measured or EstimateSource.ImageLength && Estimate.Duration > Timeout;

    /// <summary>The state that the rig puts back after the case when this step changed it, such as <c>supply</c>; empty when it puts
    /// nothing back.</summary>
    public string PutBack { get; init; } = string.Empty;

    /// <summary>Whether it is a critical command that nothing but the case itself puts back.</summary>
    public bool IsWithoutInverse { get; init; }

    /// <summary>Why no request undoes it, such as <c>a top-up code is spent once</c>; empty when one does, or when nothing is known of
    /// it.</summary>
    public string WhyWithoutInverse { get; init; } = string.Empty;

    /// <summary>How it is repeated until it is met; null when it is done once.</summary>
    public RepeatUntil? Repeat { get; init; }

    /// <summary>How often it is done at most.</summary>
    public int Rounds => Repeat?.Rounds ?? 1;
}
