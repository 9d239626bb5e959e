using System.Collections.Frozen;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Migration;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Has the simulated migration begin anew with an installation, take one of its files, or tell who is responsible for its
/// devices.</summary>
public sealed class MigrationStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "migration";

    /// <summary>The words for what becomes of a file.</summary>
    public static IReadOnlyDictionary<string, MigrationOutcome> Outcomes { get; } =
        new Dictionary<string, MigrationOutcome>(StringComparer.Ordinal)
        {
            ["accepted"] = MigrationOutcome.Accepted,
            ["out-of-sequence"] = MigrationOutcome.OutOfSequence,
            ["invalid"] = MigrationOutcome.Invalid,
            ["migrated"] = MigrationOutcome.Migrated,
            ["migrated-slowly"] = MigrationOutcome.MigratedSlowly,
            ["excluded"] = MigrationOutcome.Excluded,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The installation, by its name in the rig file.</summary>
    public required string Installation { get; init; }

    /// <summary>The file to deliver; null for a step that delivers none.</summary>
    public int? File { get; init; }

    /// <summary>What is to become of the file; null when it does not matter.</summary>
    public MigrationOutcome? Expected { get; init; }

    /// <summary>Whether the devices whose supplier is asked for are the dormant ones; null for a step that asks for none.</summary>
    public bool? SupplierOfDormant { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IMigrationPort? port = context.Bench.Migrations;
        if (port is null || !port.Installations.Contains(Installation))
        {
            return ValueTask.FromResult(new StepReport(
                Symptom.PreconditionUnmet, $"the rig file names no installation '{Installation}' to migrate"));
        }

        if (SupplierOfDormant is { } isDormant)
        {
            return ValueTask.FromResult(Ask(port, isDormant));
        }

        if (File is { } file)
        {
            return ValueTask.FromResult(Deliver(port, file));
        }

        port.Begin(Installation);
        return ValueTask.FromResult(StepReport.Done);
    }

    private static string Word(MigrationOutcome outcome) => Outcomes.First(word => word.Value == outcome).Key;

    private static StepReport Report(ExpectationResult result, string detail)
    {
        string why = detail.Length == 0 ? string.Empty : $" ({detail})";
        StepReport report = result.IsMet
            ? StepReport.Done
            : new StepReport(Symptom.ExpectationMissed, $"{result.Subject}: expected {result.Expected}, found {result.Found}{why}");
        return report with { Expectations = [result] };
    }

    private StepReport Deliver(IMigrationPort port, int file)
    {
        MigrationAnswer answer = port.Deliver(Installation, file);
        return Expected is { } expected
            ? Report(new ExpectationResult("migration", Word(expected), Word(answer.Outcome), answer.Outcome == expected), answer.Text)
            : StepReport.Done;
    }

    private StepReport Ask(IMigrationPort port, bool isDormant)
    {
        MemberSupplier[] members = [.. port.SuppliersOf(Installation).Where(member => member.IsDormant == isDormant)];
        string what = isDormant ? "dormant" : "active";
        if (members.Length == 0)
        {
            return new StepReport(Symptom.PreconditionUnmet, $"the installation '{Installation}' has no {what} device");
        }

        MemberSupplier? lost = members.FirstOrDefault(member => member.Supplier is null);
        return Report(
            new ExpectationResult(
                $"supplier of the {what} part", "a User",
                lost is null ? string.Join(", ", members.Select(member => member.Supplier)) : $"none for {lost.DeviceType} {lost.Device}",
                lost is null),
            string.Empty);
    }
}
