using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Finds what is odd about a pack that is not wrong.</summary>
public static class PackLint
{
    private const string DisableSupply = "7.2";
    private const string EnableSupply = "7.1";
    private const string ArmSupply = "7.3";
    private const string GasMeter = "GSME";
    private const string ReadVersion = "11.2";
    private const string Activate = "11.3";

    /// <summary>Checks a pack.</summary>
    /// <returns>The findings with the numbers of cases and of those that are meant to reach a device.</returns>
    public static LintReport Check(TestPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        List<LintFinding> findings = [];
        foreach (TestCase testCase in pack.Cases)
        {
            findings.AddRange(FindingsOf(testCase).Select(text => new LintFinding(testCase.Id, text)));
            findings.AddRange(ReadsWithoutVersion(testCase).Select(text => new LintFinding(testCase.Id, text)));
        }

        HashSet<string> used = [.. pack.Cases.SelectMany(testCase => testCase.DeviceRoles)];
        findings.AddRange(pack.Needs.Where(need => !used.Contains(need.Role))
            .Select(need => new LintFinding(CaseId: string.Empty, $"no case uses the device role '{need.Role}'")));
        findings.AddRange(pack.Cases.GroupBy(testCase => (testCase.Source, testCase.Title.ToUpperInvariant()))
            .Where(group => group.Count() > 1)
            .Select(group => new LintFinding(group.Last().Id, $"has the title of {group.First().Id}")));
        if (pack.Cases.Any(testCase => testCase.Steps.Any(Activates)) && !pack.Cases.Any(LooksBesideAfterActivation))
        {
            findings.Add(new LintFinding(
                CaseId: string.Empty,
                $"activates firmware ({Activate}) and no case then looks at another device: an upgrade may upset hub or head-end"));
        }

        TimeSpan shortest = Waits(pack.Cases.SelectMany(testCase => testCase.Steps));
        if (shortest > pack.Budget)
        {
            findings.Add(new LintFinding(CaseId: string.Empty, $"the waits alone take {shortest}, the budget is {pack.Budget}"));
        }

        return new LintReport(findings, pack.Cases.Count, pack.Cases.Count(testCase => testCase.TouchesDevice))
        {
            WithoutInverse =
            [
                .. pack.Cases.SelectMany(testCase => testCase.Steps.Concat(testCase.Cleanup)
                    .Where(step => step.TouchesDevice)
                    .Select(step => (
                        step.ServiceReferenceVariant,
                        Reason: UndoRules.WhyWithoutInverse(TypeOf(testCase, step), step.ServiceReferenceVariant)))
                    .Where(step => step.Reason is not null)
                    .Select(step => new LintFinding(testCase.Id, $"{step.ServiceReferenceVariant}: {step.Reason}")))
                    .Distinct(),
            ],
        };
    }

    private static string TypeOf(TestCase testCase, PackStep step) =>
        testCase.Needs.FirstOrDefault(need => need.Role == (step as RequestStep)?.Request?.DeviceRole)?.DeviceType ?? string.Empty;

    private static IEnumerable<string> FindingsOf(TestCase testCase)
    {
        PackStep[] steps = [.. testCase.Steps, .. testCase.Cleanup];
        HashSet<string> referred =
            [.. steps.OfType<RequestStep>().SelectMany(References), .. steps.OfType<DisplayStep>().SelectMany(References)];
        foreach (string capture in testCase.Steps.SelectMany(step => step.Captures).Where(capture => !referred.Contains(capture)))
        {
            yield return $"captures '{capture}' and never uses it";
        }

        // Nothing but a person's hand opens the valve of a gas meter again: a request can only arm it.
        (string back, string verb) = testCase.Needs.FirstOrDefault(need => need.Role == testCase.Device)?.DeviceType == GasMeter
            ? (ArmSupply, "arm")
            : (EnableSupply, "enable");
        if (testCase.Steps.Any(step => step.ServiceReferenceVariant == DisableSupply && step.TouchesDevice)
            && !testCase.Cleanup.Any(step => step.ServiceReferenceVariant == back))
        {
            yield return $"disables the supply ({DisableSupply}) and does not {verb} it ({back}) in clean-up";
        }

        foreach (string finding in FirmwareLint.FindingsOf(testCase))
        {
            yield return finding;
        }

        if (!testCase.Steps.Concat(testCase.Cleanup).Any(step => step is RequestStep or RotateKeyStep or ProbeKeyStep
            or KeyDeadlineStep or SupplyStep
            or HubStatusStep or CompareFormsStep or CustomStep or DisplayStep))
        {
            yield return "sends no request, so it can only pass";
        }

        foreach (PowerStep off in testCase.Steps.OfType<PowerStep>().Where(step => !step.IsOn))
        {
            bool isGivenBack = testCase.Steps.SkipWhile(step => step != off).Concat(testCase.Cleanup).OfType<PowerStep>()
                .Any(step => step.IsOn && step.DeviceRole == off.DeviceRole);
            if (!isGivenBack)
            {
                yield return $"'{off.Name}' is never switched on again by a step: the runner does it when the steps have ended";
            }
        }

        TimeSpan waits = Waits(testCase.Steps);
        if (waits > testCase.Budget)
        {
            yield return "waits longer than its budget";
        }
        else if (waits + Repetitions(testCase.Steps) > testCase.Budget)
        {
            yield return "its steps may wait and be repeated for longer than its budget: they would end it Inconclusive, not Failed";
        }

        foreach (string finding in testCase.Steps.Concat(testCase.Cleanup).SelectMany(FindingsOf))
        {
            yield return finding;
        }

        if (testCase.SourceRefs.Count == 0)
        {
            yield return "names no source";
        }
    }

    private static bool Activates(PackStep step) => FirmwareLint.Activates(step) && step is RequestStep { Request.LosesResponse: false };

    private static bool LooksBesideAfterActivation(TestCase testCase) => testCase.Steps
        .SkipWhile(step => !Activates(step))
        .OfType<RequestStep>()
        .Any(step => step.TouchesDevice && step.Request.Target is null && step.Request.DeviceRole != testCase.Device);

    // Where 11.4 is carried out the rules are the later ones, by which PPMIDs tell their version.
    private static IEnumerable<string> ReadsWithoutVersion(TestCase testCase) => testCase.Steps.OfType<RequestStep>()
        .Where(_ => !testCase.Steps.Any(step => step is { ServiceReferenceVariant: UpdatePpmidFirmware.Variant, TouchesDevice: true }))
        .Where(step => step.ServiceReferenceVariant == ReadVersion && step.TouchesDevice && step.Request.Target is null)
        .Select(step => testCase.Needs.FirstOrDefault(need => need.Role == step.Request.DeviceRole)?.DeviceType)
        .OfType<string>()
        .Where(FirmwareUpdateRules.Moc.TypesWithoutVersion.Contains)
        .Distinct()
        .Select(type => $"reads the firmware version ({ReadVersion}) of a {type}, which is not offered");

    private static IEnumerable<string> FindingsOf(PackStep step)
    {
        if (step is AlertStep { Code: { } code } && !AlertCodes.TryFind(code, out _))
        {
            yield return $"'{step.Name}' expects an alert whose code {code} is in no table";
        }

        if (step.Repeat is not { } repeat)
        {
            yield break;
        }

        if (repeat.AtMost > repeat.RoundsInTime)
        {
            yield return $"'{step.Name}' is repeated at most {repeat.AtMost} times, and its time ends with round {repeat.RoundsInTime}";
        }

        if (step.Change == StepChange.Irreversible)
        {
            yield return $"'{step.Name}' is repeated, and nothing undoes it";
        }
        else if (repeat.AllowsUnsafe && !step.IsUnsafeToRepeat)
        {
            yield return $"'{step.Name}' allows to repeat an unsafe request, which it is not";
        }
    }

    private static IEnumerable<string> References(RequestStep step) =>
        step.Expectation.Templates.Concat(step.Request.Templates)
            .SelectMany(template => template.References).Select(reference => reference.Name);

    private static IEnumerable<string> References(DisplayStep step) =>
        (step.Shown?.Templates ?? []).Append(step.Read).SelectMany(template => template.References).Select(reference => reference.Name);

    private static TimeSpan Waits(IEnumerable<PackStep> steps) =>
        steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step switch
        {
            WaitStep wait => wait.Duration,
            PowerStep { OffFor: { } off } => off,
            TamperStep tamper => tamper.OpenFor,
            PressStep press => press.Hold,
            RequestStep { Request.PowerCut: { } cut } => cut.OffFor,
            _ => TimeSpan.Zero,
        });

    /// <summary>How long the repeated steps may take when none of their rounds takes any time.</summary>
    private static TimeSpan Repetitions(IEnumerable<PackStep> steps) =>
        steps.Select(step => step.Repeat).OfType<RepeatUntil>().Aggregate(TimeSpan.Zero, (sum, repeat) => sum + repeat.Longest);
}

/// <summary>What is odd about a pack.</summary>
/// <param name="Findings">The findings; empty when nothing is odd.</param>
/// <param name="Cases">How many cases the pack has.</param>
/// <param name="DeviceCases">How many of them are meant to reach a device.</param>
public sealed record LintReport(IReadOnlyList<LintFinding> Findings, int Cases, int DeviceCases)
{
    /// <summary>The share of cases that are meant to reach a device, in whole percent, rounded down.</summary>
    public int PercentWithDevice => Cases == 0 ? 0 : (int)(DeviceCases * 100L / Cases);

    /// <summary>The requests that no other undoes, by case, each with the reason. No findings: a pack tests them too.</summary>
    public IReadOnlyList<LintFinding> WithoutInverse { get; init; } = [];
}

/// <summary>One finding.</summary>
/// <param name="CaseId">The case; empty when the whole pack is meant.</param>
/// <param name="Text">What is odd.</param>
public sealed record LintFinding(string CaseId, string Text);
