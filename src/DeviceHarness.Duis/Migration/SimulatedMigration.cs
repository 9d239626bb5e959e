using System.Globalization;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Migration;

/// <summary>The migration of installations by their files, in order. Pure: time comes in as a parameter. Safe for use from any
/// thread.</summary>
/// <remarks>What the files hold is not public: a file here is its number. The first has its devices validated by
/// <see cref="MigrationChecks"/>, the last has them commissioned in the inventory.</remarks>
/// <param name="rules">The rules.</param>
/// <param name="inventory">The inventory, which the devices are looked up in and commissioned in.</param>
/// <param name="list">The products list that devices are validated against.</param>
public sealed class SimulatedMigration(MigrationRules rules, SmartMeteringInventory inventory, CertifiedProductsList list)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Progress> _progress = new(StringComparer.Ordinal);

    /// <summary>How it went so far.</summary>
    public MigrationCounts Counts
    {
        get
        {
            lock (_gate)
            {
                Progress[] migrated = [.. _progress.Values.Where(progress => progress.Migrated is not null)];
                return new MigrationCounts(
                    _progress.Count, migrated.Length, migrated.Count(progress => progress.Failures == 0),
                    migrated.Count(progress => progress.Migrated > rules.SlowAfter),
                    _progress.Values.Count(progress => progress.Failures >= rules.MaximumAttempts));
            }
        }
    }

    /// <summary>Puts an installation back to where it was before its migration, as a simulation can.</summary>
    public void Begin(Installation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        lock (_gate)
        {
            _progress.Remove(installation.Name);
        }
    }

    /// <summary>Takes a file.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="file">The file's number, 1 to <see cref="MigrationRules.Files"/>.</param>
    /// <param name="now">The time.</param>
    public MigrationAnswer Deliver(Installation installation, int file, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentOutOfRangeException.ThrowIfNotEqual(file, Math.Clamp(file, 1, MigrationRules.Files), nameof(file));
        lock (_gate)
        {
            Progress progress = _progress.GetValueOrDefault(installation.Name) ?? new Progress(1, 0, now, null);
            (Progress next, MigrationAnswer answer) = Judge(installation, file, progress, now);
            _progress[installation.Name] = next;
            return answer;
        }
    }

    /// <summary>Who is responsible for a device as its supplier.</summary>
    /// <param name="installation">Its installation.</param>
    /// <param name="device">The device.</param>
    /// <param name="now">The time.</param>
    /// <returns>The User that is registered for it as import or gas supplier; null when none can be told.</returns>
    public Eui64? SupplierOf(Installation installation, Eui64 device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(installation);
        IReadOnlyList<InventoryDevice> devices = DevicesOf(installation);
        InventoryDevice? found = devices.FirstOrDefault(row => row.DeviceId == device);
        if (found?.Ownership is not { } ownership
            || (rules.LosesDormantSupplier && Installation.IsDormant(found) && Installation.TypeOf(devices) == InstallationType.Mixed))
        {
            return null;
        }

        Eui64[] suppliers =
        [
            .. ownership.Registrations.Where(row => row.Role is "IS" or "GS" && ownership.IsRegistered(row.Role, row.User, now, now))
                .Select(row => row.User).Distinct(),
        ];
        return suppliers is [Eui64 only] ? only : null;
    }

    /// <summary>The devices of an installation that the inventory holds.</summary>
    public IReadOnlyList<InventoryDevice> DevicesOf(Installation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return [.. installation.Devices.Select(inventory.Find).OfType<InventoryDevice>()];
    }

    private (Progress Next, MigrationAnswer Answer) Judge(Installation installation, int file, Progress progress, DateTimeOffset now)
    {
        int attempt = progress.Failures + 1;
        if (progress.Failures >= rules.MaximumAttempts)
        {
            string many = string.Create(
                CultureInfo.InvariantCulture, $"{progress.Failures} attempts have failed: {installation.Name} is left out");
            return (progress, new MigrationAnswer(MigrationOutcome.Excluded, many, progress.Failures));
        }

        Progress failed = progress with { Due = 1, Failures = attempt };
        if (file != progress.Due && !rules.TakesAnyOrder)
        {
            string order = progress.Due > MigrationRules.Files
                ? $"{installation.Name} is migrated: no file is due"
                : string.Create(CultureInfo.InvariantCulture, $"file {file} of {installation.Name} came, and file {progress.Due} is due");
            return (failed, new MigrationAnswer(MigrationOutcome.OutOfSequence, order, attempt));
        }

        if (file == 1 && Finding(installation, now) is { } finding)
        {
            return (failed, new MigrationAnswer(MigrationOutcome.Invalid, finding, attempt));
        }

        progress = progress with { Due = file + 1, Began = file == 1 ? now : progress.Began };
        return file < MigrationRules.Files
            ? (progress, new MigrationAnswer(MigrationOutcome.Accepted, string.Empty, attempt))
            : Complete(installation, progress, attempt, now);
    }

    private (Progress Next, MigrationAnswer Answer) Complete(Installation installation, Progress progress, int attempt, DateTimeOffset now)
    {
        foreach (Eui64 device in installation.Devices)
        {
            inventory.Update(device, row => row.Status is DeviceStatus.InstalledNotCommissioned or DeviceStatus.Whitelisted
                ? row with { Status = DeviceStatus.Commissioned }
                : row);
        }

        TimeSpan took = now - progress.Began;
        bool isSlow = took > rules.SlowAfter && !rules.HidesSlowness;
        string time = isSlow ? $"{installation.Name} took {took:c}, and {rules.SlowAfter:c} is slow" : string.Empty;
        MigrationOutcome outcome = isSlow ? MigrationOutcome.MigratedSlowly : MigrationOutcome.Migrated;
        return (progress with { Migrated = took }, new MigrationAnswer(outcome, time, attempt));
    }

    private string? Finding(Installation installation, DateTimeOffset now) => DevicesOf(installation)
        .SelectMany(device => MigrationChecks.Of(device, list, FirmwareRegister.Empty, now)
            .Select(finding => $"{device.DeviceType} {device.DeviceId}: {finding.Text}"))
        .FirstOrDefault();

    /// <summary>How far an installation is.</summary>
    /// <param name="Due">The file that is due.</param>
    /// <param name="Failures">The attempts that have failed.</param>
    /// <param name="Began">When the first file of this attempt came.</param>
    /// <param name="Migrated">How long the migration took; null while it is under way.</param>
    private sealed record Progress(int Due, int Failures, DateTimeOffset Began, TimeSpan? Migrated);
}
