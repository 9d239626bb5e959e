using System.Collections.Frozen;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>Asks whether a device that was migrated at one time has its Management Key rotated in time at another: the clock set forward
/// without waiting.</summary>
/// <remarks>DMCT, rule N7: within seven days of the migration. It is answered by what the bench knows of the device's keys; no octet is
/// sent.</remarks>
public sealed class KeyDeadlineStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "key-deadline";

    /// <summary>The words for where the rotation stands.</summary>
    public static IReadOnlyDictionary<string, RotationTimeliness> Words { get; } =
        new Dictionary<string, RotationTimeliness>(StringComparer.Ordinal)
        {
            ["rotated"] = RotationTimeliness.Rotated,
            ["due"] = RotationTimeliness.Due,
            ["missed"] = RotationTimeliness.Missed,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>When it is taken to have been migrated.</summary>
    public required TextTemplate Migrated { get; init; }

    /// <summary>The time at which it is judged.</summary>
    public required TextTemplate At { get; init; }

    /// <summary>What is expected.</summary>
    public required RotationTimeliness Expected { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset migrated = TimeOf(Migrated, context);
        DateTimeOffset at = TimeOf(At, context);
        if (context.Bench.Keys?.TimelinessOf(context.DeviceOf(DeviceRole).Id, migrated, at) is not { } found)
        {
            return ValueTask.FromResult(KeyReports.NoKeys);
        }

        ExpectationResult result = new(
            "key rotation in time", KeyReports.Word(Words, Expected), KeyReports.Word(Words, found), found == Expected);
        return ValueTask.FromResult(KeyReports.Of(result, $"migrated {Quantity.Write(migrated)}, judged at {Quantity.Write(at)}"));
    }

    private static DateTimeOffset TimeOf(TextTemplate text, StepContext context)
    {
        string found = text.Render(context.Variables);
        return Quantity.TryParseTime(found, out DateTimeOffset time)
            ? time
            : throw new ConfigurationException(PackFaults.Value, "pack", 0, 0, Key, $"'{found}'", "a time such as ${now+168h}");
    }
}
