using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Drivers.Keys;

/// <summary>By when a migrated device's Management Key has to be rotated.</summary>
/// <remarks>DMCT, rule N7 and case KEY-04: within seven days of the migration. The keys that a record began from are those that the device
/// came with, so a device that has proved others was rotated since; one that proved them before its migration has it still
/// before it.</remarks>
/// <param name="MigratedAt">When the device was migrated, UTC.</param>
public sealed record RotationDeadline(DateTimeOffset MigratedAt)
{
    /// <summary>How long after its migration a device may keep its keys.</summary>
    public static readonly TimeSpan Allowed = TimeSpan.FromDays(7);

    /// <summary>The last moment, UTC.</summary>
    public DateTimeOffset EndsAt => MigratedAt + Allowed;

    /// <summary>Whether the device was rotated, may still be, or is overdue.</summary>
    /// <param name="record">What is known of its keys; null when they were never rotated.</param>
    /// <param name="now">The time, UTC.</param>
    public RotationTimeliness Judge(KeyRecord? record, DateTimeOffset now) =>
        record is not null && record.Active.Identifier != record.Origin && !(record.ProvenAt < MigratedAt) ? RotationTimeliness.Rotated
        : now <= EndsAt ? RotationTimeliness.Due
        : RotationTimeliness.Missed;
}
