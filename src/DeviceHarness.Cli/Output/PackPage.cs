using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Cli.Output;

/// <summary>A pack as people and programs read it.</summary>
internal sealed record PackPage(
    string Pack, string Title, string Version, PackKind Kind, string Owner, TimeSpan Budget, string Purpose, string Hash,
    IReadOnlyList<DeviceNeed> Needs, IReadOnlyList<PackParameter> Parameters, IReadOnlyList<IncludedPack> Includes,
    IReadOnlyList<CasePage> Cases)
{
    /// <summary>Makes the page of some cases of a pack.</summary>
    public static PackPage Of(TestPack pack, IReadOnlyList<TestCase> cases) => new(
        pack.Name, pack.Title, pack.Version, pack.Kind, pack.Owner, pack.Budget, pack.Purpose, pack.Hash, pack.Needs,
        pack.Parameters, pack.Includes, [.. cases.Select(CasePage.Of)]);
}

/// <summary>A case of a pack.</summary>
internal sealed record CasePage(
    string Id, string Proves, string Device, string Srv, TimeSpan Budget, RepeatPolicy Repeat, IReadOnlyList<string> Preconditions,
    IReadOnlyList<StepPage> Steps, IReadOnlyList<StepPage> Cleanup, string Signature, string Effect, string Outcome,
    IReadOnlyList<string> Sources, string Row, string From, IReadOnlyList<string> Tags)
{
    /// <summary>Makes the page of a case.</summary>
    public static CasePage Of(TestCase testCase) => new(
        testCase.Id, testCase.Title, testCase.Device, testCase.ServiceReferenceVariant, testCase.Budget, testCase.Repeat,
        [.. testCase.Preconditions.Select(precondition => $"{precondition.DeviceRole} is {precondition.Status}")],
        [.. testCase.Steps.Select(StepPage.Of)],
        [.. testCase.Cleanup.Select(StepPage.Of)],
        testCase.Signature is { } signature ? $"{signature.Issue} when {string.Join(", ", signature.Marks)}" : string.Empty,
        StepNames(testCase, testCase.Assessment.EffectSteps),
        testCase.Assessment.IsOutcomeByCode
            ? "the code of that answer"
            : StepNames(testCase, testCase.Assessment.OutcomeStep is { } outcome ? [outcome] : []),
        testCase.SourceRefs,
        testCase.Row?.ToString() ?? string.Empty,
        testCase.Source,
        testCase.Tags);

    private static string StepNames(TestCase testCase, IReadOnlyList<int> numbers) => numbers.Count == 0
        ? "unknown"
        : string.Join("; ", numbers.Select(number => $"step {number}, {testCase.Steps.First(step => step.Number == number).Name}"));
}

/// <summary>A step of a case.</summary>
internal sealed record StepPage(int Number, string Name, string Does, StepChange Change, string Flow, IReadOnlyList<string> Expects)
{
    /// <summary>Makes the page of a step.</summary>
    public static StepPage Of(PackStep step) => new(
        step.Number, step.Name, Describe(step), step.Change, FlowOf(step),
        step switch
        {
            RequestStep request => request.Expectation.Describe(),
            RotateKeyStep { Expected: { } outcome } => [$"the rotation is {outcome.ToString().ToLowerInvariant()}"],
            AnswerStep { Expectation: { } later } => later.Describe(),
            AnswerStep => ["no answer comes"],
            MigrationStep { Expected: { } outcome } =>
                [$"it is {MigrationStep.Outcomes.First(word => word.Value == outcome).Key}"],
            MigrationStep { SupplierOfDormant: not null } => ["one User is told"],
            KeyDeadlineStep deadline => [$"the rotation is then {deadline.Expected.ToString().ToLowerInvariant()}"],
            ProbeKeyStep { Expected: { } proof } => [$"the probe finds: {proof.ToString().ToLowerInvariant()}"],
            StatusLogStep log => [$"every accepted request stands at {log.Status}"
                + (log.Within == TimeSpan.Zero ? string.Empty : $" within {ConsoleText.Of(log.Within)}")],
            InventoryStep { Expected: { } expected } => [$"it is {expected}"],
            AlertStep { Code: null } => ["no alert that no step expects"],
            HubStatusStep hub => hub.Expectations,
            CompareFormsStep => ["each is answered in one form by all of them"],
            SupplyStep supply => [.. supply.Expectations, $"decided within {ConsoleText.Of(supply.Within)}"],
            AlertStep alert => [$"{alert.Count} x alert {alert.Code} within {ConsoleText.Of(alert.Within)}"],
            _ => [],
        });

    private static string Describe(PackStep step) => step switch
    {
        RequestStep { Request: { } request } =>
            $"sends {(request.ServiceReferenceVariant.Length == 0 ? "XML" : request.ServiceReferenceVariant)} as {request.Role} "
            + $"to {request.Target?.Text ?? request.DeviceRole}{(request.Path is { } path ? $" by {path}" : string.Empty)}"
            + (request.Delivery == ImageDelivery.Checked ? string.Empty : $", {request.Delivery.ToString().ToLowerInvariant()}")
            + (request.PowerCut is { } cut ? $", with its supply cut at {cut}" : string.Empty),
        WaitStep wait => $"waits {ConsoleText.Of(wait.Duration)}",
        InventoryStep { Status: { } status } inventory => $"sets {inventory.DeviceRole} to {status} in the inventory",
        InventoryStep inventory => $"looks at {inventory.DeviceRole} in the inventory",
        AlertStep alert => $"listens to {alert.DeviceRole}",
        PowerStep { OffFor: { } off } power => $"switches the supply of {power.DeviceRole} off for {ConsoleText.Of(off)}",
        PowerStep power => $"switches the supply of {power.DeviceRole} {SupplyStep.WordOf(power.IsOn)}",
        TamperStep tamper => $"takes the {tamper.Cover.ToString().ToLowerInvariant()} cover of {tamper.DeviceRole} off for "
            + ConsoleText.Of(tamper.OpenFor),
        PressStep press => $"presses the button '{press.Button}' of {press.DeviceRole} for {ConsoleText.Of(press.Hold)}",
        DisplayStep display => $"has a person read off the display of {display.DeviceRole}: {display.Read.Text}",
        SupplyStep supply => $"looks at the {supply.Terminal.ToString().ToLowerInvariant()} terminal of {supply.DeviceRole}",
        HubStatusStep hub => $"asks {hub.DeviceRole} about itself{(hub.TakesAlerts ? " and takes its alerts" : string.Empty)}",
        CompareFormsStep forms => $"asks {string.Join(", ", forms.Roles)} the same, one after the other",
        CustomStep custom => $"does {custom.StepKind} of the rig's own step kinds with {custom.DeviceRole}",
        SiteStep { Site: var site } => $"has the {site.ToString().ToLowerInvariant()} site of the Service Provider serve",
        UtrnStep utrn => $"has a top-up token of {utrn.Pence} p made for {utrn.DeviceRole}"
            + (utrn.Flaw == UtrnFlaw.None ? string.Empty : $", {utrn.Flaw.ToString().ToLowerInvariant()}"),
        KeyDeadlineStep deadline => $"asks whether the key of {deadline.DeviceRole} was rotated in time, as of {deadline.At.Text}",
        RotateKeyStep { IsAutomated: true } rotate =>
            $"has the Service Provider's automation give {rotate.DeviceRole} a new Management Key",
        RotateKeyStep rotate => $"gives {rotate.DeviceRole} a new Management Key",
        ProbeKeyStep { Subject: KeyProbeSubject.Former } probe => $"probes {probe.DeviceRole} with the key that was rotated out",
        ProbeKeyStep probe => $"probes which key {probe.DeviceRole} holds",
        AnswerStep { Decision: { } decision } answer =>
            $"decides about the quarantined request of step {answer.Of}: {decision.ToString().ToLowerInvariant()}",
        AnswerStep answer => $"waits {ConsoleText.Of(answer.Within)} at most for the later answer to step {answer.Of}",
        MigrationStep { File: { } file } migration => $"delivers migration file {file} of {migration.Installation}",
        MigrationStep { SupplierOfDormant: { } isDormant } migration =>
            $"asks who supplies the {(isDormant ? "dormant" : "active")} part of {migration.Installation}",
        MigrationStep migration => $"puts {migration.Installation} back to where it was before its migration",
        _ => "reads the status log",
    };

    private static string FlowOf(PackStep step)
    {
        string flow = (step.When, step.OnMiss) switch
        {
            (StepWhen.Missed, _) => "only after a miss",
            (StepWhen.Met, _) => "only when nothing was missed",
            (_, StepMiss.Continue) => "goes on when missed",
            (_, StepMiss.Block) => "blocks the case when missed",
            _ => string.Empty,
        };
        return step.Repeat is null ? flow : flow.Length == 0 ? $"{step.Repeat}" : $"{flow}; {step.Repeat}";
    }
}
