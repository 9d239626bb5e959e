using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Undo;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Planning;

/// <summary>What a run of a pack would do, told before anything is sent.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Hash">The SHA-256 of its text.</param>
/// <param name="Cases">The cases, in the order in which they would run.</param>
public sealed record PackPlan(string Pack, string Hash, IReadOnlyList<PlannedCase> Cases)
{
    /// <summary>Which cycle can run the cases that change firmware; empty when none does, or when the bench is not known.</summary>
    public IReadOnlyList<FirmwareOutlook> Firmware { get; init; } = [];

    /// <summary>The pack's parameters with the values that the run would have.</summary>
    public IReadOnlyList<PackParameter> Parameters { get; init; } = [];

    /// <summary>How many of the cases are meant to reach a device.</summary>
    public int DeviceCases { get; init; }

    /// <summary>How many requests the run sends at most, clean-up with it.</summary>
    public int Requests => Cases.Sum(planned => planned.Requests);

    /// <summary>How many of its steps nothing undoes, each as often as it is repeated at most.</summary>
    public int IrreversibleSteps => Count(StepChange.Irreversible);

    /// <summary>How many of its steps wear a part out, each as often as it is repeated at most.</summary>
    public int WearingSteps => Count(StepChange.Wearing);

    /// <summary>How long the run is likely to take, as far as that is known.</summary>
    public TimeSpan Expected => Sum(_ => true);

    /// <summary>How much of <see cref="Expected"/> goes to firmware: delivery (11.1) and activation (11.3).</summary>
    public TimeSpan ExpectedFirmware => Sum(step => step.IsFirmware);

    /// <summary>How many requests to a device nothing is known of.</summary>
    public int WithoutEstimate => Cases.SelectMany(planned => planned.Steps)
        .Count(step => step.Kind == RequestStep.Key && step.Srv.Length > 0 && step.Estimate.Source == EstimateSource.Unknown);

    /// <summary>Plans a run.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="only">The ids of the cases to run, as <see cref="TestPack.Select"/> takes them; empty for all.</param>
    /// <param name="devices">The devices of the bench; null when it is not known.</param>
    /// <param name="measured">How long requests took when the pack was run before, the newest first.</param>
    /// <param name="quarantineOf">Says why a device is in quarantine; null, or a null answer, when it is not, or nobody knows.</param>
    public static PackPlan Of(
        TestPack pack, IReadOnlyCollection<string> only, IReadOnlyList<BenchDevice>? devices,
        IReadOnlyList<MeasuredDuration>? measured = null, Func<BenchDevice, string?>? quarantineOf = null)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(only);
        StepEstimates estimates = new(measured ?? []);
        IReadOnlyList<TestCase> cases = pack.Select(only, out _);
        return new PackPlan(pack.Name, pack.Hash, [.. cases.Select(testCase => Plan(testCase, devices, estimates, quarantineOf))])
        {
            Parameters = pack.Parameters,
            DeviceCases = cases.Count(testCase => testCase.TouchesDevice),
        };
    }

    private static PlannedCase Plan(
        TestCase testCase, IReadOnlyList<BenchDevice>? devices, StepEstimates estimates,
        Func<BenchDevice, string?>? quarantineOf)
    {
        DeviceBindings? bindings = null;
        string? missing = null;
        if (devices is not null)
        {
            DeviceBindings.TryBind(testCase, devices, out bindings, out missing);
            missing ??= QuarantineRules.WhyNot(bindings, quarantineOf);
        }

        return new PlannedCase(
            testCase.Id,
            testCase.Title,
            testCase.Budget,
            testCase.Repeat == RepeatPolicy.Never,
            missing ?? string.Empty,
            [.. testCase.DeviceRoles.Select(role => new PlannedDevice(
                role,
                testCase.Needs.First(need => need.Role == role).DeviceType,
                bindings?.Find(role)?.Id.Value ?? string.Empty))],
            [
                .. testCase.Steps.Select(step => Plan(testCase, step, isCleanup: false, Estimate(step))),
                .. testCase.Cleanup.Select(step => Plan(testCase, step, isCleanup: true, Estimate(step))),
            ]);

        StepEstimate Estimate(PackStep step) => estimates.Of(
            step, bindings?.Find(testCase.Device), step.DeviceRoles.FirstOrDefault() is { } role ? bindings?.Find(role) : null);
    }

    private static PlannedStep Plan(TestCase testCase, PackStep step, bool isCleanup, StepEstimate estimate)
    {
        RequestTemplate? request = (step as RequestStep)?.Request;
        string type = testCase.Needs.FirstOrDefault(need => need.Role == request?.DeviceRole)?.DeviceType ?? string.Empty;
        UndoRule? undo = step.TouchesDevice ? UndoRules.Find(type, step.ServiceReferenceVariant) : null;
        return new PlannedStep(
            step.Number,
            step.Name,
            step.Kind,
            step.ServiceReferenceVariant,
            request?.Role ?? string.Empty,
            request is null ? string.Empty : request.Target?.Text ?? request.DeviceRole,
            step.Change,
            step.When,
            step.OnMiss,
            isCleanup)
        {
            Estimate = estimate,
            Timeout = step.Timeout,
            Repeat = step.Repeat,
            PutBack = undo?.Title ?? string.Empty,
            WhyWithoutInverse =
                (step.TouchesDevice ? UndoRules.WhyWithoutInverse(type, step.ServiceReferenceVariant) : null) ?? string.Empty,
            IsWithoutInverse = undo is null && step is { IsUnsafe: true, Change: StepChange.Reversible or StepChange.Wearing },
        };
    }

    private TimeSpan Sum(Func<PlannedStep, bool> isMeant) => Cases.SelectMany(planned => planned.Steps).Where(isMeant)
        .Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Estimate.Duration);

    private int Count(StepChange change) =>
        Cases.SelectMany(planned => planned.Steps).Where(step => step.Change == change).Sum(step => step.Rounds);
}
