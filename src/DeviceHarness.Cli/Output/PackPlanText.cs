using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Cli.Output;

/// <summary>A plan as text for people.</summary>
internal static class PackPlanText
{
    /// <summary>Prints the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="rig">The rig whose devices it names; empty when the bench is not known.</param>
    public static void Write(PackPlan plan, string rig)
    {
        Console.WriteLine($"{plan.Pack}, SHA-256 {plan.Hash[..12]}, {plan.Cases.Count} cases, {plan.DeviceCases} of them reach a device"
            + (rig.Length == 0 ? "; the bench is not known here" : $", on {rig}"));
        foreach (PackParameter parameter in plan.Parameters)
        {
            Console.WriteLine(PackPageText.Describe(parameter));
        }

        int order = 0;
        foreach (PlannedCase planned in plan.Cases)
        {
            order++;
            string repeat = planned.IsUnsafeToRepeat ? ", never repeated by itself" : string.Empty;
            string expected = planned.Expected > TimeSpan.Zero ? $", likely {ConsoleText.Of(planned.Expected)}" : string.Empty;
            Console.WriteLine(
                $"{order}. {planned.Id} {planned.Title} (at most {planned.Budget}{expected}, {planned.Requests} requests{repeat})");
            Console.WriteLine($"   devices: {string.Join(", ", planned.Devices.Select(Describe))}");
            if (planned.Missing.Length > 0)
            {
                Console.WriteLine($"   Blocked: {planned.Missing}");
            }

            foreach (PlannedStep step in planned.Steps)
            {
                Console.WriteLine($"   {(step.IsCleanup ? "clean-up " : string.Empty)}{step.Number} {step.Name}{Marks(step)}");
            }
        }

        foreach (FirmwareOutlook outlook in plan.Firmware)
        {
            Console.WriteLine($"cycle {outlook.Cycle}: {outlook.CaseId} on {outlook.Device} {Describe(outlook)}");
        }

        Console.WriteLine(
            $"at most {plan.Requests} requests; {plan.IrreversibleSteps} irreversible steps, "
            + $"{plan.WearingSteps} wearing steps. Nothing was sent.");
        if (plan.Expected > TimeSpan.Zero)
        {
            Console.WriteLine(
                $"likely {ConsoleText.Of(plan.Expected)}, {ConsoleText.Of(plan.ExpectedFirmware)} of it for firmware (11.1, 11.3); "
                + $"{plan.WithoutEstimate} requests were never measured.");
        }

        if (plan.IrreversibleSteps > 0)
        {
            Console.WriteLine(
                "On real devices the cases with irreversible steps are Blocked unless the run or the agent has --allow-irreversible.");
        }
    }

    private static string Describe(PlannedDevice device) =>
        $"{device.Role} = {(device.Device.Length == 0 ? $"any {device.DeviceType}" : device.Device)}";

    private static string Describe(FirmwareOutlook outlook) => outlook.Kind switch
    {
        FirmwareOutlookKind.CanRun => $"can run, from {outlook.Pair.From} to {outlook.Pair.To} ({Describe(outlook.Pair)})",
        FirmwareOutlookKind.Cannot => $"CANNOT run and would be Blocked: {outlook.Reason}",
        _ => $"may or may not run: {outlook.Reason}",
    };

    private static string Describe(ImagePair pair) => pair.Downgrade switch
    {
        DowngradePolicy.Allowed => $"going back is allowed: {pair.Source}",
        DowngradePolicy.Refused => $"there is no way back: {pair.Source}",
        _ => "nobody has said whether it goes back",
    };

    private static string Marks(PlannedStep step)
    {
        List<string> marks = [];
        if (step.Srv.Length > 0)
        {
            marks.Add($"{step.Srv} as {step.Role} to {step.Target}");
        }

        if (step.Change is StepChange.Irreversible or StepChange.Wearing)
        {
            marks.Add(step.Change.ToString().ToUpperInvariant());
        }

        if (step.PutBack.Length > 0)
        {
            marks.Add($"{step.PutBack} is put back");
        }

        if (step.IsWithoutInverse)
        {
            marks.Add("no inverse: the case has to put it back itself");
        }

        if (step.WhyWithoutInverse.Length > 0)
        {
            marks.Add(step.WhyWithoutInverse);
        }

        if (step.IsFirmware && step.Estimate.Source != EstimateSource.Unknown)
        {
            string source = step.Estimate.Source == EstimateSource.Measured ? "as measured" : "at least, by its length at 9,600 Bd";
            marks.Add($"{ConsoleText.Of(step.Estimate.Duration)} {source}");
        }

        if (step.OutlastsTimeout)
        {
            marks.Add($"LONGER than its timeout of {ConsoleText.Of(step.Timeout)}");
        }

        if (step.When != StepWhen.Always)
        {
            marks.Add($"only when {(step.When == StepWhen.Missed ? "a step was missed" : "no step was missed")}");
        }

        if (step.Repeat is not null)
        {
            marks.Add($"{step.Repeat}");
        }

        return marks.Count == 0 ? string.Empty : $" ({string.Join("; ", marks)})";
    }
}
